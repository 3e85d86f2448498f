package argosy.cluster.gateway;

import java.io.ByteArrayOutputStream;

/** Puts an answer's parts together again; they come in order or the answer is broken. */
final class Assembly {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private int next;
  private int count = 1;

  /** False if a part before this one is missing. */
  boolean add(Caller.Part part) {
    if (part.index() != next) {
      return false;
    }
    next++;
    count = part.count();
    bytes.writeBytes(part.bytes());
    return true;
  }

  boolean complete() {
    return next >= count;
  }

  /** Whether a whole window has come and the sender waits. */
  boolean wantsMore() {
    return !complete() && next % Parts.WINDOW == 0;
  }

  byte[] bytes() {
    return bytes.toByteArray();
  }
}
