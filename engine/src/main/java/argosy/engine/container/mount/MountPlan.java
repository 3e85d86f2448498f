package argosy.engine.container.mount;

import argosy.engine.container.mount.PlannedMount.Bind;
import argosy.engine.container.mount.PlannedMount.OfImage;
import argosy.engine.container.mount.PlannedMount.OfVolume;
import argosy.engine.container.mount.PlannedMount.Tmpfs;
import argosy.engine.failure.Failure;
import argosy.engine.failure.Refused;
import argosy.engine.spec.Storage;
import argosy.engine.spec.Storage.Mount;
import argosy.engine.spec.Storage.VolumeOptions;
import argosy.engine.volume.VolumeRequest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Reads a spec's binds, mounts, tmpfs and volumes; refuses what makes no sense, in Docker's words.
 */
public final class MountPlan {
  private MountPlan() {}

  /**
   * Everything the user wrote, in mount order.
   *
   * @param taken destinations that came with {@code --volumes-from}: anonymous volumes yield to
   *     them
   */
  public static List<PlannedMount> of(Storage storage, Set<String> taken) {
    var plan = new ArrayList<PlannedMount>();
    storage.binds().forEach(bind -> plan.add(bind(bind, storage.volumeDriver())));
    storage.mounts().forEach(mount -> plan.add(mount(mount)));
    storage
        .tmpfs()
        .forEach((path, options) ->
            plan.add(new Tmpfs(absolute(path, path), TmpfsOptions.checked(options), false)));
    var destinations = new HashSet<String>();
    for (PlannedMount mount : plan) {
      if (!destinations.add(mount.destination())) {
        throw invalid("Duplicate mount point: " + mount.destination());
      }
    }
    for (String path : new TreeSet<>(storage.anonymousVolumes())) {
      String clean = absolute(path, path);
      if (!taken.contains(clean) && destinations.add(clean)) {
        plan.add(OfVolume.anonymous(clean, storage.volumeDriver()));
      }
    }
    return List.copyOf(plan);
  }

  private static PlannedMount bind(String text, String driver) {
    String[] parts = text.split(":", -1);
    if (parts.length > 3 || parts.length == 0 || List.of(parts).contains("")) {
      throw invalid("invalid volume specification: '" + text + "'");
    }
    if (parts.length == 1) {
      return OfVolume.anonymous(absolute(parts[0], text), driver);
    }
    String destination = absolute(parts[1], text);
    String mode = parts.length == 3 ? parts[2] : "";
    Set<String> options = BindMode.of(mode).options();
    boolean readOnly = options.contains("ro");
    if (!parts[0].startsWith("/")) {
      if (options.stream().anyMatch(BindMode.PROPAGATIONS::contains)) {
        throw mixed(text, "volume", "BindOptions");
      }
      var wanted = new VolumeRequest.Create(parts[0], driver, Map.of(), Map.of());
      return new OfVolume(
          wanted,
          destination,
          readOnly,
          mode.isEmpty() ? "z" : mode,
          !options.contains("nocopy"),
          "");
    }
    if (options.contains("nocopy")) {
      throw mixed(text, "bind", "VolumeOptions");
    }
    String propagation =
        options.stream().filter(BindMode.PROPAGATIONS::contains).findFirst().orElse("rprivate");
    String source = Path.of(parts[0]).normalize().toString();
    return new Bind(source, destination, readOnly, mode, propagation, true, false, null);
  }

  private static Refused mixed(String text, String type, String field) {
    return invalid(
        "invalid volume specification: '%s': invalid mount config for type \"%s\": field %s must not be specified"
            .formatted(text, type, field));
  }

  private static PlannedMount mount(Mount mount) {
    String type = mount.type().name().toLowerCase(Locale.ROOT);
    String config = "invalid mount config for type \"" + type + "\": ";
    if (mount.target().isEmpty()) {
      throw invalid(config + "field Target must not be empty");
    }
    String target = absolute(mount.target(), mount.target());
    return switch (mount.type()) {
      case BIND -> {
        if (mount.source().isEmpty()) {
          throw invalid(config + "field Source must not be empty");
        }
        if (!mount.source().startsWith("/")) {
          throw invalid(
              config + "invalid mount path: '" + mount.source() + "' mount path must be absolute");
        }
        yield new Bind(
            Path.of(mount.source()).normalize().toString(),
            target,
            mount.readOnly(),
            "",
            mount.propagation(),
            mount.createMountpoint(),
            mount.nonRecursive(),
            mount.depth());
      }
      case VOLUME -> volume(mount, target);
      case IMAGE -> {
        if (mount.source().isEmpty()) {
          throw invalid(config + "field Source must not be empty");
        }
        VolumeOptions options = mount.volume();
        yield new OfImage(mount.source(), target, options == null ? "" : options.subpath());
      }
      case TMPFS -> {
        if (!mount.source().isEmpty()) {
          throw invalid(config + "field Source must not be specified");
        }
        yield new Tmpfs(target, tmpfsOptions(mount), true);
      }
    };
  }

  private static PlannedMount volume(Mount mount, String target) {
    VolumeOptions options = mount.volume();
    var wanted =
        options == null
            ? new VolumeRequest.Create(mount.source(), "", Map.of(), Map.of())
            : new VolumeRequest.Create(
                mount.source(), options.driver(), options.driverOptions(), options.labels());
    return new OfVolume(
        wanted,
        target,
        mount.readOnly(),
        "z",
        options == null || !options.noCopy(),
        options == null ? "" : options.subpath());
  }

  private static String tmpfsOptions(Mount mount) {
    var options = new ArrayList<String>();
    if (mount.readOnly()) {
      options.add("ro");
    }
    if (mount.tmpfsSize() > 0) {
      options.add("size=" + mount.tmpfsSize());
    }
    if (mount.tmpfsMode() > 0) {
      options.add("mode=" + Integer.toOctalString(mount.tmpfsMode()));
    }
    String flags = mount.tmpfsFlags();
    if (flags != null && !flags.isEmpty()) {
      options.add(flags);
    }
    return String.join(",", options);
  }

  private static String absolute(String path, String whole) {
    if (!path.startsWith("/")) {
      throw invalid(
          ("invalid volume specification: '%s': invalid mount path: '%s' mount path must be"
                  + " absolute")
              .formatted(whole, path));
    }
    String clean = Path.of(path).normalize().toString();
    if (clean.equals("/")) {
      throw invalid(
          "invalid volume specification: '%s': invalid specification: destination can't be '/'"
              .formatted(whole));
    }
    return clean;
  }

  private static Refused invalid(String message) {
    return new Refused(new Failure.Invalid(message));
  }
}
