package argosy.engine.netlink;

import java.util.regex.Pattern;

/**
 * An IPv4 address with the length of its network, {@code 172.17.0.1/16}; the address may be any of
 * the network's.
 *
 * @param address as the 32 bits of the address
 * @param length of the network's prefix, 0 to 32
 */
public record Cidr(int address, int length) {
  private static final Pattern DOTTED =
      Pattern.compile("(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})");

  public Cidr {
    if (length < 0 || length > 32) {
      throw new IllegalArgumentException("invalid prefix length: " + length);
    }
  }

  /** Reads {@code A.B.C.D/N}; throws IllegalArgumentException on anything else. */
  public static Cidr parse(String text) {
    int slash = text.indexOf('/');
    if (slash < 0) {
      throw new IllegalArgumentException("invalid CIDR address: " + text);
    }
    try {
      return new Cidr(
          address(text.substring(0, slash)), Integer.parseInt(text.substring(slash + 1)));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("invalid CIDR address: " + text, e);
    }
  }

  /** Reads {@code A.B.C.D}; throws IllegalArgumentException on anything else. */
  public static int address(String text) {
    var match = DOTTED.matcher(text);
    if (!match.matches()) {
      throw new IllegalArgumentException("invalid IPv4 address: " + text);
    }
    int address = 0;
    for (int group = 1; group <= 4; group++) {
      int part = Integer.parseInt(match.group(group));
      if (part > 255) {
        throw new IllegalArgumentException("invalid IPv4 address: " + text);
      }
      address = address << 8 | part;
    }
    return address;
  }

  /** The dotted form of an address. */
  public static String text(int address) {
    return "%d.%d.%d.%d"
        .formatted(address >>> 24, address >>> 16 & 0xff, address >>> 8 & 0xff, address & 0xff);
  }

  /** The network's first address. */
  public int first() {
    return address & mask();
  }

  /** The network's last address. */
  public int last() {
    return address | ~mask();
  }

  /** The network itself, its address the first one. */
  public Cidr network() {
    return new Cidr(first(), length);
  }

  /** Another address in the same network. */
  public Cidr with(int other) {
    return new Cidr(other, length);
  }

  public boolean contains(int other) {
    return (other & mask()) == first();
  }

  public boolean contains(Cidr other) {
    return other.length >= length && contains(other.address);
  }

  public boolean overlaps(Cidr other) {
    return contains(other) || other.contains(this);
  }

  @Override
  public String toString() {
    return text(address) + "/" + length;
  }

  private int mask() {
    return length == 0 ? 0 : -1 << 32 - length;
  }
}
