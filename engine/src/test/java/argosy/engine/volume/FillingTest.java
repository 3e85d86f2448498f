package argosy.engine.volume;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import argosy.engine.linux.FailPoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FillingTest {
  private static final FileTime THEN = FileTime.from(Instant.parse("2020-02-02T02:02:02Z"));
  private static final Set<String> ALL = Set.of("one", "two", "three");

  @TempDir Path directory;
  private Path image;
  private Path data;

  /** The end of a process, which no handler of exceptions undoes. */
  private static final class Killed extends Error {
    private static final long serialVersionUID = 1;
  }

  @BeforeEach
  void prepare() throws IOException {
    image = Files.createDirectories(directory.resolve("image"));
    for (String name : ALL) {
      Files.writeString(Files.createDirectory(image.resolve(name)).resolve("file"), "image's");
    }
    Files.setPosixFilePermissions(image, PosixFilePermissions.fromString("rwxr-x--x"));
    Files.setLastModifiedTime(image, THEN);
    data = Files.createDirectories(directory.resolve("volume/_data"));
  }

  @AfterEach
  void nobody_is_killed_any_more() {
    FailPoint.tell(null);
  }

  @Test
  void a_kill_at_any_step_leaves_all_or_nothing_to_the_next_start_and_all_to_the_next_filling()
      throws IOException {
    for (int step = 1; killed(step); step++) {
      Filling.settle(data);
      assertTrue(names(data).isEmpty() || names(data).equals(ALL), "step " + step);
      assertEquals(List.of("_data"), List.copyOf(names(directory.resolve("volume"))));
      Filling.fill(data, image);
      isFilled();
      VolumeStore.wipe(data);
      Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    isFilled();
    assertEquals(THEN, Files.getLastModifiedTime(data));
  }

  /** Whether there is such a step. */
  private boolean killed(int last) {
    var steps = new AtomicInteger();
    FailPoint.tell(_ -> {
      if (steps.incrementAndGet() == last) {
        throw new Killed();
      }
    });
    try {
      Filling.fill(data, image);
      return false;
    } catch (Killed expected) {
      return true;
    } finally {
      FailPoint.tell(null);
    }
  }

  private void isFilled() throws IOException {
    assertEquals(ALL, names(data));
    assertEquals("image's", Files.readString(data.resolve("three/file")));
    assertEquals("rwxr-x--x", PosixFilePermissions.toString(Files.getPosixFilePermissions(data)));
  }

  @Test
  void what_others_wrote_meanwhile_stays_theirs() throws IOException {
    FailPoint.tell(step -> {
      if (step.startsWith("dress")) {
        throw new Killed();
      }
      if (step.startsWith("move") && !Files.exists(data.resolve("two"))) {
        write(data.resolve("two"));
      }
    });
    assertThrows(Killed.class, () -> Filling.fill(data, image));
    FailPoint.tell(null);
    Filling.fill(data, image);
    assertEquals(ALL, names(data));
    assertEquals("theirs", Files.readString(data.resolve("two")));
  }

  private static void write(Path file) {
    try {
      Files.writeString(file, "theirs");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void two_containers_that_start_at_once_fill_it_once() throws IOException {
    var copies = new AtomicInteger();
    FailPoint.tell(step -> {
      if (step.startsWith("copy")) {
        copies.incrementAndGet();
      }
    });
    var starts =
        List.of(
            CompletableFuture.runAsync(() -> Filling.fill(data, image)),
            CompletableFuture.runAsync(() -> Filling.fill(data, image)));
    starts.forEach(CompletableFuture::join);
    assertEquals(1, copies.get());
    isFilled();
  }

  @Test
  void a_copy_that_fails_leaves_nothing() throws IOException {
    Path nowhere = directory.resolve("nowhere");
    assertThrows(RuntimeException.class, () -> Filling.fill(data, nowhere));
    assertTrue(names(data).isEmpty());
    assertEquals(Set.of("_data"), names(directory.resolve("volume")));
    assertFalse(Files.exists(nowhere));
  }

  private static Set<String> names(Path of) throws IOException {
    try (var entries = Files.list(of)) {
      return entries.map(path -> path.getFileName().toString()).collect(Collectors.toSet());
    }
  }
}
