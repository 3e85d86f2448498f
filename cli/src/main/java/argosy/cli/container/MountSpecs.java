package argosy.cli.container;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Mounts as users write them in {@code -v}, {@code --mount} and {@code --tmpfs}. */
final class MountSpecs {
  private MountSpecs() {}

  /** Volumes without a source: {@code -v /data}. */
  static Map<String, Object> anonymous(List<String> volumes) {
    Map<String, Object> anonymous = new LinkedHashMap<>();
    volumes.stream().filter(v -> v.indexOf(':') < 0).forEach(v -> anonymous.put(v, Map.of()));
    return anonymous;
  }

  /** Those with a source; a relative directory is one of this working directory. */
  static List<String> binds(List<String> volumes) {
    List<String> binds = new ArrayList<>();
    for (String volume : volumes) {
      int colon = volume.indexOf(':');
      if (colon >= 0) {
        String source = volume.substring(0, colon);
        binds.add((source.startsWith(".") ? absolute(source) : source) + volume.substring(colon));
      }
    }
    return binds;
  }

  private static String absolute(String path) {
    return Path.of(path).toAbsolutePath().normalize().toString();
  }

  static Map<String, String> tmpfs(List<String> texts) {
    Map<String, String> tmpfs = new LinkedHashMap<>();
    for (String text : texts) {
      int colon = text.indexOf(':');
      tmpfs.put(
          colon < 0 ? text : text.substring(0, colon), colon < 0 ? "" : text.substring(colon + 1));
    }
    return tmpfs;
  }

  /** One {@code --mount}; a key that is not known is refused. */
  static Map<String, Object> mount(String text) {
    Map<String, Object> mount = new LinkedHashMap<>();
    mount.put("Type", "volume");
    for (String part : text.split(",")) {
      int equals = part.indexOf('=');
      String key = equals < 0 ? part : part.substring(0, equals);
      field(text, key, equals < 0 ? "true" : part.substring(equals + 1), mount);
    }
    if (!mount.containsKey("Target")) {
      throw new IllegalArgumentException("--mount: \"" + text + "\" names no target");
    }
    return mount;
  }

  private static void field(String text, String key, String value, Map<String, Object> mount) {
    switch (key) {
      case "type" -> mount.put("Type", value);
      case "source", "src" -> mount.put("Source", value.startsWith(".") ? absolute(value) : value);
      case "target", "dst", "destination" -> mount.put("Target", value);
      case "readonly", "ro" -> mount.put("ReadOnly", truth(value));
      case "bind-propagation" -> options(mount, "BindOptions").put("Propagation", value);
      case "bind-nonrecursive" -> options(mount, "BindOptions").put("NonRecursive", truth(value));
      case "bind-recursive" -> recursive(text, value, options(mount, "BindOptions"));
      case "consistency" -> mount.put("Consistency", value);
      case "volume-driver" -> driver(mount).put("Name", value);
      case "volume-opt" -> pair(value, nested(driver(mount), "Options"));
      case "volume-label" -> pair(value, nested(options(mount, "VolumeOptions"), "Labels"));
      case "volume-nocopy" -> options(mount, "VolumeOptions").put("NoCopy", truth(value));
      case "volume-subpath" -> options(mount, "VolumeOptions").put("Subpath", value);
      case "tmpfs-size" ->
          options(mount, "TmpfsOptions").put("SizeBytes", Fields.bytes("tmpfs-size", value));
      case "tmpfs-mode" -> options(mount, "TmpfsOptions").put("Mode", octal(text, value));
      default ->
          throw new IllegalArgumentException("--mount: unknown key \"" + key + "\" in " + text);
    }
  }

  /** How deep a bind mount goes, in docker's words. */
  private static void recursive(String text, String value, Map<String, Object> bind) {
    switch (value) {
      case "enabled" -> {}
      case "disabled" -> bind.put("NonRecursive", true);
      case "writable" -> bind.put("ReadOnlyNonRecursive", true);
      case "readonly" -> bind.put("ReadOnlyForceRecursive", true);
      default ->
          throw new IllegalArgumentException(
              "--mount: bind-recursive is enabled, disabled, writable or readonly in " + text);
    }
  }

  private static Map<String, Object> driver(Map<String, Object> mount) {
    return nested(options(mount, "VolumeOptions"), "DriverConfig");
  }

  private static void pair(String text, Map<String, Object> into) {
    into.putAll(Fields.pairs(List.of(text)));
  }

  private static boolean truth(String value) {
    return value.equals("true") || value.equals("1");
  }

  private static int octal(String text, String digits) {
    try {
      return Integer.parseInt(digits, 8);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("--mount: bad tmpfs-mode in " + text, e);
    }
  }

  private static Map<String, Object> options(Map<String, Object> mount, String kind) {
    return nested(mount, kind);
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> nested(Map<String, Object> object, String field) {
    return (Map<String, Object>) object.computeIfAbsent(field, _ -> new LinkedHashMap<>());
  }
}
