package argosy.http.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The daemon is killed while images come and go: afterwards there are whole images and nothing
 * else, and what was cut off works when it is asked for again.
 */
class StoreCrashIT extends OneHost {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long SEED = Long.getLong("trial.seed", 20260101L);

  private final Random chance = new Random(SEED);
  private String image = "";

  StoreCrashIT() {
    super(38);
  }

  private Path data() {
    return directory.resolve("n1/data");
  }

  /** An image of three layers, large enough to be interrupted, in the registry and as a file. */
  @BeforeAll
  void make() throws IOException {
    image = registry.address() + "/crash:1";
    Path content = directory.resolve("content");
    byte[] bytes = new byte[24 << 20];
    new Random(SEED).nextBytes(bytes);
    Files.write(content, bytes);
    daemon.docker("create", "--name", "maker", busybox).ok();
    for (String name : List.of("one", "two")) {
      daemon.docker("cp", content.toString(), "maker:/" + name).ok();
      daemon.docker("commit", "maker", image).ok();
      daemon.docker("rm", "maker").ok();
      daemon.docker("create", "--name", "maker", image).ok();
    }
    daemon.docker("rm", "maker").ok();
    daemon.docker("push", image).ok();
    daemon.docker("save", "-o", directory.resolve("crash.tar").toString(), image).ok();
    daemon.docker("rmi", image).ok();
  }

  @Test
  void a_kill_at_any_moment_leaves_whole_images_and_nothing_else() {
    String archive = directory.resolve("crash.tar").toString();
    cut(900, "pull", image);
    cut(300, "pull", image);
    daemon.docker("rmi", "-f", image);
    cut(600, "load", "-i", archive);
    daemon.docker("load", "-i", archive).ok();
    cut(60, "rmi", "-f", image);
    daemon.docker("pull", image).ok();
    daemon.docker("create", "--name", "keep", image).ok();
    daemon.docker("cp", directory.resolve("content").toString(), "keep:/three").ok();
    cut(400, "commit", "keep", "committed:1");
    daemon.docker("rm", "-f", "keep").ok();
    daemon.docker("rmi", "-f", "committed:1");
    cut(60, "image", "prune", "-af");
    daemon.docker("pull", image).ok();
    daemon.docker("pull", busybox).ok();
    assertEquals("ok", daemon.docker("run", "--rm", image, "echo", "ok").ok());
    daemon.docker("rmi", image).ok();
    Shell.await("nothing of it is left", () -> wrong().isEmpty());
  }

  /** Kills the daemon within some milliseconds of a command, starts it again, and looks. */
  private void cut(int within, String... command) {
    var running = CompletableFuture.supplyAsync(() -> daemon.docker(command));
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10 + chance.nextInt(within)));
    daemon.kill();
    running.join();
    daemon.start();
    assertEquals(Set.of(), wrong(), "seed " + SEED + " after " + List.of(command));
    assertFalse(daemon.logText().contains("lacks layers"), daemon.logText());
  }

  /** Sentences about what is there and should not be, or the other way round. */
  private Set<String> wrong() {
    var images = new TreeSet<String>();
    for (JsonNode row : Api.of(daemon).get("/images/json?all=1").ok().json()) {
      images.add(hex(row.path("Id").asText()));
    }
    var chains = new TreeSet<String>();
    var blobs = new TreeSet<String>();
    for (String id : names("images")) {
      JsonNode record = record(id);
      blobs.add(id);
      record.at("/image/layers").forEach(chain -> chains.add(hex(chain.asText())));
      record.path("layers").forEach(layer -> blobs.add(hex(layer.path("blob").asText())));
      if (record.path("manifest").isTextual()) {
        blobs.add(hex(record.path("manifest").asText()));
      }
    }
    var wrong = new TreeSet<String>();
    differ(wrong, "images", images, names("images"));
    differ(wrong, "layers", chains, names("layers"));
    differ(wrong, "blobs", blobs, names("blobs/sha256"));
    differ(wrong, "half-written blobs", Set.of(), names("blobs/fresh"));
    differ(wrong, "half-made layers", Set.of(), names("layers/.fresh"));
    return wrong;
  }

  private static void differ(
      Set<String> wrong, String what, Set<String> needed, Set<String> found) {
    var missing = new TreeSet<>(needed);
    missing.removeAll(found);
    var extra = new TreeSet<>(found);
    extra.removeAll(needed);
    missing.forEach(it -> wrong.add(what + ": missing " + it));
    extra.forEach(it -> wrong.add(what + ": left over " + it));
  }

  private static String hex(String digest) {
    return digest.substring(digest.indexOf(':') + 1);
  }

  private JsonNode record(String id) {
    try {
      return JSON.readTree(data().resolve("images").resolve(id).resolve("record.json").toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Set<String> names(String below) {
    try (var files = Files.list(data().resolve(below))) {
      var names = new TreeSet<String>();
      files
          .map(file -> file.getFileName().toString())
          .filter(name -> !name.equals("names") && !name.startsWith("."))
          .forEach(names::add);
      return names;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
