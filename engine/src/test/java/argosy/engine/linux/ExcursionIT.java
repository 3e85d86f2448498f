package argosy.engine.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

class ExcursionIT {
  @Test
  void the_thread_is_back_from_another_network() throws Exception {
    assertBack("net", () -> Excursion.fromNetwork(() -> away("net", Libc.CLONE_NEWNET)));
  }

  @Test
  void the_thread_is_back_from_other_mounts() throws Exception {
    assertBack("mnt", () -> Excursion.fromMounts(() -> away("mnt", Libc.CLONE_NEWNS)));
  }

  @Test
  void it_comes_back_also_from_what_fails() throws Exception {
    onThread(() -> {
      String home = namespace("mnt");
      assertThrows(
          UncheckedIOException.class,
          () ->
              Excursion.fromMounts(() -> {
                away("mnt", Libc.CLONE_NEWNS);
                throw new UncheckedIOException(new IOException("no"));
              }));
      assertEquals(home, namespace("mnt"));
      return home;
    });
  }

  @Test
  void a_descriptor_keeps_the_mounts_when_nobody_is_there() throws Exception {
    onThread(() -> {
      int[] kept = new int[1];
      String there =
          Excursion.fromMounts(() -> {
            String name = away("mnt", Libc.CLONE_NEWNS);
            kept[0] = Excursion.mounts();
            return name;
          });
      String again =
          Excursion.fromMounts(() -> {
            Libc.check("setns", Libc.setns(kept[0], Libc.CLONE_NEWNS));
            return namespace("mnt");
          });
      Libc.close(kept[0]);
      assertEquals(there, again);
      return again;
    });
  }

  private static void assertBack(String kind, Callable<String> excursion) throws Exception {
    onThread(() -> {
      String home = namespace(kind);
      assertNotEquals(home, excursion.call());
      assertEquals(home, namespace(kind));
      return home;
    });
  }

  private static String away(String kind, int type) {
    Libc.check("unshare", Libc.unshare(type));
    return namespace(kind);
  }

  private static String namespace(String kind) {
    try {
      return Files.readSymbolicLink(Path.of("/proc/thread-self/ns", kind)).toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A thread of its own, as everybody must who goes abroad. */
  private static void onThread(Callable<String> work) throws Exception {
    var task = new FutureTask<>(work);
    Thread.ofPlatform().start(task);
    task.get();
  }
}
