package argosy.engine.runtime;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out whether a runtime works on this host by creating a container with it and deleting it
 * again; the container never runs, its program is the runtime's own file. What was found is kept
 * until the next boot or the runtime's next version.
 */
final class RuntimeTrial {
  private static final Logger LOG = LoggerFactory.getLogger(RuntimeTrial.class);
  private static final String ID = "trial";

  private final Places places;
  private final Commands commands;

  RuntimeTrial(Places places, Commands commands) {
    this.places = places;
    this.commands = commands;
  }

  /** Blocks for the time of a create and a delete, at most once for each version and boot. */
  boolean works(OciRuntime runtime, Launcher launcher) {
    Path kept = directory().resolve(runtime.name());
    String subject = runtime.path() + " " + runtime.version() + " ";
    Places.make(directory());
    try {
      String known = Files.exists(kept) ? Files.readString(kept) : "";
      if (known.startsWith(subject)) {
        return Boolean.parseBoolean(known.substring(subject.length()).strip());
      }
      boolean works = tried(runtime, launcher);
      Files.writeString(kept, subject + works);
      return works;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private Path directory() {
    return places.runtimes().resolveSibling("trials");
  }

  private boolean tried(OciRuntime runtime, Launcher launcher) throws IOException {
    Path bundle = directory().resolve(runtime.name() + ".bundle");
    Path root = directory().resolve(runtime.name() + ".root");
    Path log = bundle.resolve("oci.log");
    try {
      List.of("dev", "proc", "sys").forEach(name -> Places.make(bundle.resolve("rootfs/" + name)));
      Files.write(bundle.resolve("config.json"), config(runtime));
      int code =
          commands.runSilently(
              launcher, command(runtime, root, "--log=" + log, "create", "--bundle=" + bundle, ID));
      if (code != 0) {
        String reason = Files.exists(log) ? Files.readString(log).strip() : "no reason given";
        LOG.info("{} does not work on this host: {}", runtime.path(), reason);
      }
      return code == 0;
    } finally {
      commands.runSilently(launcher, command(runtime, root, "delete", "--force", ID));
      Places.remove(bundle);
      Places.remove(root);
    }
  }

  private static List<String> command(OciRuntime runtime, Path root, String... words) {
    var command = new ArrayList<>(List.of(runtime.path().toString(), "--root=" + root));
    command.addAll(List.of(words));
    return command;
  }

  private static byte[] config(OciRuntime runtime) throws IOException {
    return new ObjectMapper()
        .writeValueAsBytes(
            Map.of(
                "ociVersion",
                "1.0.2",
                "root",
                Map.of("path", "rootfs"),
                "process",
                Map.of("args", List.of("/trial"), "cwd", "/", "user", Map.of("uid", 0, "gid", 0)),
                "mounts",
                List.of(
                    Map.of("destination", "/proc", "type", "proc", "source", "proc"),
                    Map.of(
                        "destination",
                        "/trial",
                        "type",
                        "bind",
                        "source",
                        runtime.path().toString(),
                        "options",
                        List.of("bind", "ro"))),
                "linux",
                Map.of(
                    "cgroupsPath",
                    "/argosy/trial-" + ProcessHandle.current().pid(),
                    "namespaces",
                    List.of(
                        Map.of("type", "mount"), Map.of("type", "pid"), Map.of("type", "ipc")))));
  }
}
