package argosy.engine.volume;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class MountWordsTest {
  @Test
  void words_of_mount_are_flags_and_the_rest_is_the_file_systems() {
    assertEquals(
        new MountWords(2 | 1, 0, "addr=10.0.0.1,vers=4"),
        MountWords.of("addr=10.0.0.1,nosuid,ro,vers=4"));
    assertEquals(new MountWords(0, 0, ""), MountWords.of(""));
  }

  @Test
  void a_later_opposite_takes_a_flag_back() {
    assertEquals(new MountWords(2, 0, ""), MountWords.of("ro,nosuid,rw"));
  }

  @Test
  void propagation_and_a_read_only_bind_need_a_second_call() {
    assertEquals(0x40000 | 0x4000, MountWords.of("rbind,rprivate").propagation());
    assertTrue(MountWords.of("bind,ro").again());
    assertFalse(MountWords.of("rbind").again());
    assertFalse(MountWords.of("ro").again());
  }
}
