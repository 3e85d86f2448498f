package argosy.engine.dns;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;

/**
 * A query as it came, and as it was understood.
 *
 * @param bytes as they came, to be passed on as they are
 */
record Query(byte[] bytes, Message message) {
  private static final int HEADER = 12;

  /** What came in, or what is to be said about it; empty when nothing is to be said. */
  record Received(Optional<Query> query, Optional<byte[]> objection) {}

  /** An answer, or what is too short to be a query, is let pass without a word. */
  static Received read(byte[] bytes) {
    boolean silent = bytes.length < HEADER || (bytes[2] & 0x80) != 0;
    if (silent) {
      return new Received(Optional.empty(), Optional.empty());
    }
    try {
      return new Received(Optional.of(new Query(bytes, new Message(bytes))), Optional.empty());
    } catch (IOException | RuntimeException e) {
      var objection = new Message(ByteBuffer.wrap(bytes).getShort(0) & 0xffff);
      objection.getHeader().setFlag(Flags.QR);
      objection.getHeader().setRcode(Rcode.FORMERR);
      return new Received(Optional.empty(), Optional.of(objection.toWire()));
    }
  }

  /** True when an answer repeats the question, (RFC 5452, 9.1). */
  static boolean sameQuestion(Query query, byte[] answer) {
    var asked = query.message().getQuestion();
    if (asked == null) {
      return true;
    }
    try {
      var answered = new Message(answer).getQuestion();
      return answered != null
          && answered.getType() == asked.getType()
          && answered.getName().equals(asked.getName());
    } catch (IOException | RuntimeException e) {
      return false;
    }
  }
}
