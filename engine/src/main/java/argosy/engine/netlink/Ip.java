package argosy.engine.netlink;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * An IP address of either family.
 *
 * @param six true: IPv6
 * @param value the address as a number, 32 or 128 bits
 */
public record Ip(boolean six, BigInteger value) implements Comparable<Ip> {
  private static final Comparator<Ip> ORDER =
      Comparator.comparing(Ip::six).thenComparing(Ip::value);
  private static final int GROUPS = 8;
  private static final Pattern DOTTED =
      Pattern.compile("(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})");

  public Ip {
    if (value.signum() < 0 || value.bitLength() > (six ? 128 : 32)) {
      throw new IllegalArgumentException("no IP address: " + value);
    }
  }

  /** Reads {@code A.B.C.D} or an IPv6 literal without zone; throws IllegalArgumentException. */
  public static Ip parse(String text) {
    if (text.indexOf(':') < 0) {
      return dotted(text);
    }
    if (text.indexOf('%') >= 0 || text.indexOf('[') >= 0) {
      throw new IllegalArgumentException("invalid IP address: " + text);
    }
    return of(InetAddress.ofLiteral(text).getAddress());
  }

  /** {@code address}: the 32 bits of an IPv4 address. */
  public static Ip v4(int address) {
    return new Ip(false, BigInteger.valueOf(Integer.toUnsignedLong(address)));
  }

  /** In network order, 4 or 16 bytes. */
  public static Ip of(byte[] bytes) {
    return new Ip(bytes.length == 16, new BigInteger(1, bytes));
  }

  /** In network order, 4 or 16 bytes. */
  public byte[] bytes() {
    byte[] number = value.toByteArray();
    byte[] bytes = new byte[bits() / 8];
    int length = Math.min(number.length, bytes.length);
    System.arraycopy(number, number.length - length, bytes, bytes.length - length, length);
    return bytes;
  }

  public InetAddress inet() {
    try {
      return InetAddress.getByAddress(bytes());
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The 32 bits of an IPv4 address. */
  public int toInt() {
    return value.intValue();
  }

  /** How long an address of its family is. */
  public int bits() {
    return six ? 128 : 32;
  }

  /** Whether it means somebody else on every link: {@code fe80::/10}. */
  public boolean isLinkLocal() {
    byte[] bytes = bytes();
    return six && bytes[0] == (byte) 0xfe && (bytes[1] & 0xc0) == 0x80;
  }

  /** True for {@code 0.0.0.0} and {@code ::}. */
  public boolean isAny() {
    return value.signum() == 0;
  }

  public Ip plus(long count) {
    return new Ip(six, value.add(BigInteger.valueOf(count)));
  }

  @Override
  public int compareTo(Ip other) {
    return ORDER.compare(this, other);
  }

  /** The usual form, of IPv6 the one of RFC 5952. */
  @Override
  public String toString() {
    return six ? compressed(bytes()) : dotted(bytes());
  }

  private static Ip dotted(String text) {
    var match = DOTTED.matcher(text);
    if (!match.matches()) {
      throw new IllegalArgumentException("invalid IPv4 address: " + text);
    }
    byte[] bytes = new byte[4];
    for (int group = 1; group <= bytes.length; group++) {
      int part = Integer.parseInt(match.group(group));
      if (part > 255) {
        throw new IllegalArgumentException("invalid IPv4 address: " + text);
      }
      bytes[group - 1] = (byte) part;
    }
    return of(bytes);
  }

  private static String dotted(byte[] bytes) {
    return "%d.%d.%d.%d"
        .formatted(bytes[0] & 0xff, bytes[1] & 0xff, bytes[2] & 0xff, bytes[3] & 0xff);
  }

  private static String compressed(byte[] bytes) {
    var hex = new String[GROUPS];
    Arrays.setAll(hex, at -> group(bytes, at));
    int best = 0;
    int length = 0;
    for (int at = 0; at < GROUPS; at++) {
      int run = zeros(hex, at);
      if (run > length) {
        best = at;
        length = run;
      }
    }
    return length < 2
        ? String.join(":", hex)
        : String.join(":", Arrays.copyOf(hex, best))
            + "::"
            + String.join(":", Arrays.copyOfRange(hex, best + length, GROUPS));
  }

  private static String group(byte[] bytes, int at) {
    int value = HexFormat.fromHexDigits(HexFormat.of().formatHex(bytes, 2 * at, 2 * at + 2));
    return Integer.toHexString(value);
  }

  private static int zeros(String[] hex, int from) {
    int at = from;
    while (at < GROUPS && hex[at].equals("0")) {
      at++;
    }
    return at - from;
  }
}
