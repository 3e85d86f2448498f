package argosy.http.container;

import static argosy.http.answer.OrEmpty.list;
import static argosy.http.answer.OrEmpty.map;
import static argosy.http.answer.OrEmpty.text;
import static argosy.http.answer.OrEmpty.texts;

import argosy.engine.spec.Storage;
import argosy.engine.spec.Storage.MountType;
import argosy.http.answer.Refusal;
import argosy.http.wire.Config;
import argosy.http.wire.HostConfig;
import argosy.http.wire.Mount;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is mounted: forms are checked here, sources when they are resolved. */
final class StorageTranslation {
  private static final Set<String> BIND_OPTIONS =
      Set.of(
          "rw",
          "ro",
          "z",
          "Z",
          "nocopy",
          "shared",
          "rshared",
          "slave",
          "rslave",
          "private",
          "rprivate",
          "consistent",
          "cached",
          "delegated");

  private StorageTranslation() {}

  static Storage storage(Config config, HostConfig host) {
    list(host.binds()).forEach(StorageTranslation::checkBind);
    map(config.volumes()).keySet().forEach(StorageTranslation::checkDestination);
    texts(host.tmpfs()).keySet().forEach(StorageTranslation::checkDestination);
    return new Storage(
        list(host.binds()),
        list(host.mounts()).stream().map(StorageTranslation::mount).toList(),
        texts(host.tmpfs()),
        list(host.volumesFrom()),
        map(config.volumes()).keySet(),
        text(host.volumeDriver()),
        texts(host.storageOpt()));
  }

  private static void checkBind(String bind) {
    var parts = bind.split(":", -1);
    String wrong = "invalid volume specification: '" + bind + "'";
    Refusal.when(parts.length < 2 || parts.length > 3 || parts[0].isEmpty(), wrong);
    Refusal.when(
        !parts[1].startsWith("/"),
        wrong
            + ": invalid mount config for type \"bind\": "
            + "invalid mount path: '"
            + parts[1]
            + "' mount path must be absolute");
    Refusal.when(
        clean(parts[1]).equals("/"),
        "invalid volume specification: '"
            + bind
            + "': invalid specification: destination can't be '/'");
    if (parts.length == 3) {
      for (String option : parts[2].split(",", -1)) {
        Refusal.when(!BIND_OPTIONS.contains(option), "invalid mode: " + parts[2]);
      }
    }
  }

  private static void checkDestination(String path) {
    Refusal.when(
        !path.startsWith("/"), "invalid mount path: '" + path + "' mount path must be absolute");
    Refusal.when(clean(path).equals("/"), "invalid specification: destination can't be '/'");
  }

  private static String clean(String path) {
    try {
      return Path.of(path).normalize().toString();
    } catch (InvalidPathException impossible) {
      throw Refusal.invalid("invalid mount path: it has a character no path can have");
    }
  }

  private static Storage.Mount mount(Mount asked) {
    var type = type(text(asked.type()));
    String source = text(asked.source());
    String target = text(asked.target());
    String wrong = "invalid mount config for type \"" + asked.type() + "\": ";
    Refusal.when(target.isEmpty(), wrong + "field Target must not be empty");
    Refusal.when(
        !target.startsWith("/"),
        wrong + "invalid mount path: '" + target + "' mount path must be absolute");
    Refusal.when(
        clean(target).equals("/"), wrong + "invalid specification: destination can't be '/'");
    checkSource(type, source, wrong);
    checkOptions(type, asked, wrong);
    var bind = asked.bindOptions();
    var tmpfs = asked.tmpfsOptions();
    return new Storage.Mount(
        type,
        source,
        target,
        Boolean.TRUE.equals(asked.readOnly()),
        bind == null ? "" : text(bind.propagation()),
        bind != null && Boolean.TRUE.equals(bind.createMountpoint()),
        bind != null && Boolean.TRUE.equals(bind.nonRecursive()),
        volume(asked.volumeOptions()),
        tmpfs == null || tmpfs.sizeBytes() == null ? 0 : tmpfs.sizeBytes(),
        tmpfs == null || tmpfs.mode() == null ? 0 : tmpfs.mode());
  }

  private static MountType type(String type) {
    return switch (type) {
      case "bind" -> MountType.BIND;
      case "volume" -> MountType.VOLUME;
      case "tmpfs" -> MountType.TMPFS;
      case "image", "cluster", "npipe" -> {
        Refusal.notYet(true, "Argosy does not mount type \"" + type + "\" yet: use bind or volume");
        throw new AssertionError(type);
      }
      case String unknown ->
          throw Refusal.invalid(
              "invalid mount config for type \"" + unknown + "\": mount type unknown");
    };
  }

  private static void checkSource(MountType type, String source, String wrong) {
    switch (type) {
      case BIND -> {
        Refusal.when(source.isEmpty(), wrong + "field Source must not be empty");
        Refusal.when(
            !source.startsWith("/"),
            wrong + "invalid mount path: '" + source + "' mount path must be absolute");
      }
      case TMPFS -> Refusal.when(!source.isEmpty(), wrong + "field Source must not be specified");
      case VOLUME -> {}
    }
  }

  private static void checkOptions(MountType type, Mount asked, String wrong) {
    Refusal.when(
        type != MountType.BIND && asked.bindOptions() != null,
        wrong + "field BindOptions must not be specified");
    Refusal.when(
        type != MountType.VOLUME && asked.volumeOptions() != null,
        wrong + "field VolumeOptions must not be specified");
    Refusal.when(
        type != MountType.TMPFS && asked.tmpfsOptions() != null,
        wrong + "field TmpfsOptions must not be specified");
  }

  private static Storage.@Nullable VolumeOptions volume(Mount.@Nullable VolumeOptions asked) {
    if (asked == null) {
      return null;
    }
    var driver = asked.driverConfig();
    return new Storage.VolumeOptions(
        Boolean.TRUE.equals(asked.noCopy()),
        text(asked.subpath()),
        texts(asked.labels()),
        driver == null ? "" : text(driver.name()),
        driver == null ? Map.of() : texts(driver.options()));
  }
}
