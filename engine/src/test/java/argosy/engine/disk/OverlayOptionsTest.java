package argosy.engine.disk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class OverlayOptionsTest {
  private static final Path UP = Path.of("/c/upper");
  private static final Path WORK = Path.of("/c/work");

  @Test
  void says_what_overlayfs_reads() {
    var lower = List.of(Path.of("/l/2"), Path.of("/l/1"));
    assertEquals(
        "lowerdir=/l/2:/l/1,upperdir=/c/upper,workdir=/c/work",
        new OverlayOptions(lower, UP, WORK, true, false).text(Path::toString));
    assertEquals(
        "lowerdir=/l/2:/l/1,upperdir=/c/upper,workdir=/c/work,index=off,redirect_dir=off,volatile",
        new OverlayOptions(lower, UP, WORK, false, true).text(Path::toString));
  }

  @Test
  void knows_what_a_page_of_text_can_not_carry() {
    var long100 = Collections.nCopies(100, Path.of("/var/lib/argosy/layers/" + "a".repeat(64)));
    assertTrue(new OverlayOptions(List.of(UP), UP, WORK, true, true).plain());
    assertFalse(new OverlayOptions(long100, UP, WORK, true, true).plain());
    assertFalse(new OverlayOptions(List.of(Path.of("/a:b")), UP, WORK, true, true).plain());
    assertFalse(new OverlayOptions(List.of(Path.of("/a,b")), UP, WORK, true, true).plain());
  }
}
