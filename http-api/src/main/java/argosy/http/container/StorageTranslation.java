package argosy.http.container;

import static argosy.http.answer.OrEmpty.list;
import static argosy.http.answer.OrEmpty.map;
import static argosy.http.answer.OrEmpty.text;
import static argosy.http.answer.OrEmpty.texts;

import argosy.engine.container.mount.BindMode;
import argosy.engine.spec.Storage;
import argosy.engine.spec.Storage.MountType;
import argosy.engine.spec.Storage.ReadOnlyDepth;
import argosy.http.answer.Refusal;
import argosy.http.wire.Config;
import argosy.http.wire.HostConfig;
import argosy.http.wire.Mount;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is mounted: forms are checked here, sources when they are resolved. */
final class StorageTranslation {
  private static final List<String> TMPFS_FLAGS = List.of("exec", "noexec");

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
            + "': invalid mount config for type \"bind\": invalid specification: destination can't"
            + " be '/'");
    if (parts.length == 3) {
      BindMode.of(parts[2]);
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
    checkSubpath(asked.volumeOptions(), wrong);
    checkSubpath(
        asked.imageOptions() == null ? "" : text(asked.imageOptions().subpath()),
        wrong + "subpath must be a relative path within the image");
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
        bind == null ? null : depth(asked, bind, wrong),
        asked.imageOptions() == null
            ? volume(asked.volumeOptions())
            : new Storage.VolumeOptions(
                true, text(asked.imageOptions().subpath()), Map.of(), "", Map.of()),
        tmpfs == null || tmpfs.sizeBytes() == null ? 0 : tmpfs.sizeBytes(),
        tmpfs == null || tmpfs.mode() == null ? 0 : tmpfs.mode(),
        tmpfs == null ? null : flags(tmpfs));
  }

  private static @Nullable ReadOnlyDepth depth(Mount mount, Mount.BindOptions asked, String wrong) {
    boolean shallow = Boolean.TRUE.equals(asked.readOnlyNonRecursive());
    boolean deep = Boolean.TRUE.equals(asked.readOnlyForceRecursive());
    boolean readOnly = Boolean.TRUE.equals(mount.readOnly());
    Refusal.when(
        shallow && !readOnly,
        wrong + "mount is read-write but ReadOnlyNonRecursive is set to true");
    Refusal.when(
        deep && !readOnly, wrong + "mount is read-write but ReadOnlyForceRecursive is set to true");
    Refusal.when(
        deep && !text(asked.propagation()).equals("rprivate"),
        wrong + "ReadOnlyForceRecursive needs Propagation to be \"rprivate\"");
    Refusal.when(
        deep && shallow,
        wrong + "ReadOnlyForceRecursive and ReadOnlyNonRecursive are mutually exclusive");
    return deep ? ReadOnlyDepth.ALL_OF_IT : shallow ? ReadOnlyDepth.WRITABLE_BELOW : null;
  }

  /** Docker takes a flag alone and a key with its value, and of both only these. */
  private static String flags(Mount.TmpfsOptions asked) {
    var flags = new ArrayList<String>();
    for (List<String> option : list(asked.options())) {
      Refusal.when(
          option.size() != 1 || !TMPFS_FLAGS.contains(option.getFirst()),
          "invalid mount config for type \"tmpfs\": invalid option: " + String.join("=", option));
      flags.add(option.getFirst());
    }
    return String.join(",", flags);
  }

  private static MountType type(String type) {
    return switch (type) {
      case "bind" -> MountType.BIND;
      case "volume" -> MountType.VOLUME;
      case "tmpfs" -> MountType.TMPFS;
      case "image" -> MountType.IMAGE;
      case "cluster", "npipe" -> {
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
      case IMAGE -> Refusal.when(source.isEmpty(), wrong + "field Source must not be empty");
      case VOLUME -> {}
    }
  }

  private static void checkSubpath(Mount.@Nullable VolumeOptions options, String wrong) {
    String subpath = options == null ? "" : text(options.subpath());
    checkSubpath(subpath, wrong + "subpath must be a relative path within the volume");
  }

  private static void checkSubpath(String subpath, String wrong) {
    Refusal.when(subpath.startsWith("/") || Path.of(subpath).normalize().startsWith(".."), wrong);
  }

  private static void checkOptions(MountType type, Mount asked, String wrong) {
    Refusal.when(
        type != MountType.BIND && asked.bindOptions() != null,
        wrong + "field BindOptions must not be specified");
    Refusal.when(
        type != MountType.VOLUME && asked.volumeOptions() != null,
        wrong + "field VolumeOptions must not be specified");
    Refusal.when(
        type != MountType.IMAGE && asked.imageOptions() != null,
        wrong + "field ImageOptions must not be specified");
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
