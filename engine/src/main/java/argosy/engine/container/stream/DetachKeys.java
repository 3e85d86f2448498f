package argosy.engine.container.stream;

import argosy.engine.failure.Failure;
import argosy.engine.failure.Refused;
import java.io.ByteArrayOutputStream;
import java.util.Locale;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * Watches a terminal's input for the keys that mean "leave it running". Bytes that only begin to
 * look like them are held back until it is clear that they are not. One for each stream.
 */
public final class DetachKeys {
  private final byte[] keys;
  private int matched;

  private DetachKeys(byte[] keys) {
    this.keys = keys;
  }

  /** Docker's notation: {@code ctrl-p,ctrl-q}, {@code a,b}; null is the default, "" too. */
  public static DetachKeys parse(@Nullable String text) {
    return parse(text, "detach");
  }

  /** The same; dockerd has another word for them when it refuses an exec's. */
  public static DetachKeys ofExec(@Nullable String text) {
    return parse(text, "escape");
  }

  private static DetachKeys parse(@Nullable String text, String what) {
    if (text == null || text.isEmpty()) {
      return new DetachKeys(new byte[] {16, 17});
    }
    String[] names = text.split(",", -1);
    byte[] keys = new byte[names.length];
    for (int i = 0; i < names.length; i++) {
      keys[i] = key(names[i], "Invalid %s keys (%s) provided".formatted(what, text));
    }
    return new DetachKeys(keys);
  }

  /** The keys as bytes of input. */
  public byte[] bytes() {
    return keys.clone();
  }

  /** What goes on to the process, and whether the keys were pressed: then nothing after counts. */
  public record Seen(ByteString passed, boolean detached) {}

  /** Takes the next bytes of input. */
  public Seen feed(ByteString bytes) {
    var out = new ByteArrayOutputStream(bytes.length() + matched);
    for (byte next : bytes.toArray()) {
      if (next != keys[matched]) {
        out.write(keys, 0, matched);
        matched = 0;
      }
      if (next != keys[matched]) {
        out.write(next);
      } else if (++matched == keys.length) {
        matched = 0;
        return new Seen(ByteString.fromArray(out.toByteArray()), true);
      }
    }
    return new Seen(ByteString.fromArray(out.toByteArray()), false);
  }

  private static byte key(String name, String refusal) {
    if (name.length() == 1) {
      return (byte) name.charAt(0);
    }
    String lower = name.toLowerCase(Locale.ROOT);
    if (lower.startsWith("ctrl-") && lower.length() == 6) {
      char c = lower.charAt(5);
      if (c >= 'a' && c <= 'z') {
        return (byte) (c - 'a' + 1);
      }
      int other = "@[\\]^_".indexOf(c);
      if (other >= 0) {
        return (byte) (other == 0 ? 0 : 26 + other);
      }
    }
    throw new Refused(new Failure.Invalid(refusal));
  }
}
