package argosy.engine.runtime;

import argosy.engine.failure.Failure;
import argosy.engine.failure.Refused;
import argosy.engine.runtime.ContainerRuntime.Runtimes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The OCI runtimes of this host, and which of them runs a container. */
record RuntimeChoice(List<OciRuntime> found, OciRuntime usual) {
  private static final List<String> DIRECTORIES =
      List.of("/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin");
  private static final List<String> NAMES = List.of("crun", "runc");

  /**
   * Looks for runtimes.
   *
   * @param wanted the default's name or path; "" takes crun where it works, else runc
   * @param works tries a runtime out; the last one left is not tried
   * @throws Refused when the wanted one, or every one, is missing
   */
  static RuntimeChoice find(
      String wanted, boolean hybridCgroups, Commands commands, Predicate<OciRuntime> works) {
    var found = new ArrayList<OciRuntime>();
    for (String name : NAMES) {
      program(name).ifPresent(path -> found.add(described(name, path, hybridCgroups, commands)));
    }
    if (wanted.startsWith("/") && Files.isExecutable(Path.of(wanted))) {
      Path path = Path.of(wanted);
      found.addFirst(described(path.getFileName().toString(), path, hybridCgroups, commands));
    }
    OciRuntime usual =
        found.stream()
            .filter(runtime ->
                wanted.isEmpty()
                    ? runtime.equals(found.getLast()) || works.test(runtime)
                    : runtime.name().equals(wanted) || runtime.path().toString().equals(wanted))
            .findFirst()
            .orElseThrow(() ->
                new Refused(
                    new Failure.Unavailable(
                        wanted.isEmpty()
                            ? "no OCI runtime found: install runc or crun"
                            : "OCI runtime not found: " + wanted)));
    return new RuntimeChoice(List.copyOf(found), usual);
  }

  /** The one a container asks for; null and "" ask for the default. */
  OciRuntime named(@Nullable String name) {
    if (name == null || name.isEmpty()) {
      return usual;
    }
    return found.stream()
        .filter(runtime -> runtime.name().equals(name))
        .findFirst()
        .orElseThrow(
            () -> new Refused(new Failure.Invalid("unknown or invalid runtime name: " + name)));
  }

  Runtimes runtimes() {
    return new Runtimes(
        found.stream()
            .map(runtime -> new Runtimes.Found(runtime.name(), runtime.path(), runtime.number()))
            .toList(),
        usual.name());
  }

  /** A program's path, by the directories that hold a system's programs. */
  static Optional<Path> program(String name) {
    return DIRECTORIES.stream()
        .map(directory -> Path.of(directory, name))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private static OciRuntime described(
      String name, Path path, boolean hybridCgroups, Commands commands) {
    var said = commands.run(Launcher.plain(), List.of(path.toString(), "--version"));
    String version =
        said.output().lines().findFirst().orElse("unknown").replace(" version ", " ").strip();
    return new OciRuntime(name, path, version, hybridCgroups && version.startsWith("crun"));
  }

  Stream<OciRuntime> all() {
    return found.stream();
  }
}
