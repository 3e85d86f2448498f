package argosy.cli.container;

import java.util.Arrays;

/**
 * The keys that leave a TTY without ending what runs in it. The daemon acts on them; here they are
 * only watched for, to tell a user who left from a container that ended.
 */
final class DetachKeys {
  private static final String DEFAULT = "ctrl-p,ctrl-q";
  private final byte[] keys;
  private final byte[] last;

  private DetachKeys(byte[] keys) {
    this.keys = keys;
    this.last = new byte[keys.length];
  }

  /**
   * Such as {@code ctrl-a,x}; "" for docker's own.
   *
   * @throws IllegalArgumentException for a key that is none
   */
  static DetachKeys parse(String text) {
    String[] names = (text.isEmpty() ? DEFAULT : text).split(",");
    byte[] keys = new byte[names.length];
    for (int i = 0; i < names.length; i++) {
      keys[i] = key(names[i]);
    }
    return new DetachKeys(keys);
  }

  private static byte key(String name) {
    if (name.length() == 1 && name.charAt(0) < 128) {
      return (byte) name.charAt(0);
    }
    if (name.startsWith("ctrl-") && name.length() == 6) {
      char letter = Character.toUpperCase(name.charAt(5));
      if (letter >= '@' && letter <= '_') {
        return (byte) (letter - '@');
      }
    }
    throw new IllegalArgumentException("--detach-keys: \"" + name + "\" is no key");
  }

  /** Takes note of what was typed; true when it ended with the sequence. */
  boolean typed(byte[] bytes, int count) {
    for (int i = Math.max(0, count - last.length); i < count; i++) {
      System.arraycopy(last, 1, last, 0, last.length - 1);
      last[last.length - 1] = bytes[i];
    }
    return Arrays.equals(last, keys);
  }
}
