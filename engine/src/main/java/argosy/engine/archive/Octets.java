package argosy.engine.archive;

import java.nio.charset.StandardCharsets;

/**
 * Names as the kernel and archives have them: bytes in no encoding. They are kept as strings whose
 * every character is one byte, so that none is lost and two that differ stay different.
 */
public final class Octets {
  private Octets() {}

  /** A name as it stands there. */
  public static String of(byte[] bytes) {
    return of(bytes, 0, bytes.length);
  }

  /** The bytes of {@code from} up to, not with, {@code end}. */
  public static String of(byte[] bytes, int from, int end) {
    return new String(bytes, from, end - from, StandardCharsets.ISO_8859_1);
  }

  /** A name that somebody wrote as text. */
  public static String ofText(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8));
  }

  /** The name as it is outside. */
  public static byte[] bytes(String octets) {
    return octets.getBytes(StandardCharsets.ISO_8859_1);
  }

  /** As C wants it: a zero at its end. */
  public static byte[] zeroEnded(String octets) {
    byte[] bytes = new byte[octets.length() + 1];
    System.arraycopy(bytes(octets), 0, bytes, 0, octets.length());
    return bytes;
  }

  /** For people: bytes that are no UTF-8 become question marks. */
  public static String text(String octets) {
    return new String(bytes(octets), StandardCharsets.UTF_8);
  }
}
