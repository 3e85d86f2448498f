package argosy.engine.runtime;

import argosy.engine.failure.Failure;
import argosy.engine.failure.Refused;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Where the runtime driver keeps its files below the exec root. */
record Places(Path bundles, Path exits, Path runtimes) {
  private static final Pattern ID = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9_.-]*");

  /** Makes the directories, for root alone. */
  static Places in(Path execRoot) {
    var places =
        new Places(
            execRoot.resolve("bundles"), execRoot.resolve("exits"), execRoot.resolve("runtimes"));
    Stream.of(places.bundles, places.exits, places.runtimes).forEach(Places::make);
    return places;
  }

  Path bundle(String id) {
    if (!ID.matcher(id).matches()) {
      throw new Refused(new Failure.Invalid("invalid container id: " + id));
    }
    return bundles.resolve(id);
  }

  Path exit(String id) {
    return exits.resolve(id);
  }

  /** The runtime's own state of one container. */
  Path state(OciRuntime runtime, String id) {
    return root(runtime).resolve(id);
  }

  Path root(OciRuntime runtime) {
    return runtimes.resolve(runtime.name());
  }

  /** Ids of every container that has a bundle, a runtime's state or an exit code. */
  List<String> ids() {
    return Stream.of(Stream.of(bundles, exits), children(runtimes).stream())
        .flatMap(directories -> directories)
        .flatMap(directory -> children(directory).stream())
        .map(path -> path.getFileName().toString())
        .filter(name -> ID.matcher(name).matches())
        .distinct()
        .toList();
  }

  static void make(Path directory) {
    try {
      Files.createDirectories(
          directory,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** Removes a tree; what vanishes meanwhile is as good as removed. */
  static void remove(Path path) {
    try {
      if (Files.isDirectory(path, java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
        children(path).forEach(Places::remove);
      }
      Files.deleteIfExists(path);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static List<Path> children(Path directory) {
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
      return StreamSupport.stream(stream.spliterator(), false).toList();
    } catch (NoSuchFileException gone) {
      return List.of();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
