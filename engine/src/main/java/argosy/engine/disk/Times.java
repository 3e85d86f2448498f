package argosy.engine.disk;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import java.time.Instant;

/** {@code struct timespec[2]}, for the calls that set a file's times. */
final class Times {
  private Times() {}

  /** Access and modification the same; the address. */
  static long in(Memory memory, Instant time) {
    memory.setLong(0, time.getEpochSecond());
    memory.setLong(8, time.getNano());
    memory.setLong(16, time.getEpochSecond());
    memory.setLong(24, time.getNano());
    return Pointer.nativeValue(memory);
  }
}
