package argosy.http.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Builds with the stock docker CLI and its classic builder, of a small context. */
abstract class BuildTrial extends OneHost {
  @TempDir Path files;

  BuildTrial(int set, String... options) {
    super(set, options);
  }

  @BeforeEach
  final void files() throws IOException {
    Files.createDirectories(files.resolve("d/deep"));
    Files.writeString(files.resolve("f"), "file");
    Files.writeString(files.resolve("d/one"), "one");
    Files.createSymbolicLink(files.resolve("d/deep/up"), Path.of("../one"));
    Shell.run(List.of("tar", "-C", files.resolve("d").toString(), "-cf", files + "/a.tar", "one"))
        .ok();
  }

  final Shell.Result build(String dockerfile, String... options) throws IOException {
    Files.writeString(files.resolve("Dockerfile"), dockerfile.replace("BUSYBOX", busybox));
    var arguments = new ArrayList<>(List.of("build"));
    arguments.addAll(List.of(options));
    arguments.add(files.toString());
    var command = new ArrayList<>(List.of("env", "DOCKER_BUILDKIT=0"));
    command.addAll(Daemon.command(daemon.socket(), arguments.toArray(new String[0])));
    return Shell.run(command);
  }

  final String inside(String image, String script) {
    return daemon.docker("run", "--rm", image, "sh", "-c", script).ok();
  }

  final void assertError(String file, String text) throws IOException {
    var result = build(file);
    assertEquals(1, result.code(), result.toString());
    assertTrue(result.err().contains(text), result.err());
  }
}
