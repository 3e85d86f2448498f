package argosy.engine.netlink;

import java.math.BigInteger;

/**
 * A network of either family by one of its addresses, {@code 172.17.0.1/16} or {@code fd00::1/64}.
 *
 * @param length of the network's prefix, at most 32 or 128
 */
public record Subnet(Ip address, int length) {
  public Subnet {
    if (length < 0 || length > address.bits()) {
      throw new IllegalArgumentException("invalid prefix length: " + length);
    }
  }

  /**
   * Reads {@code ADDRESS/LENGTH}; throws IllegalArgumentException in Go's words, which clients see.
   */
  public static Subnet parse(String text) {
    int slash = text.indexOf('/');
    try {
      if (slash > 0 && text.substring(slash + 1).matches("\\d{1,3}")) {
        return new Subnet(
            Ip.parse(text.substring(0, slash)), Integer.parseInt(text.substring(slash + 1)));
      }
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("invalid CIDR address: " + text, e);
    }
    throw new IllegalArgumentException("invalid CIDR address: " + text);
  }

  public boolean six() {
    return address.six();
  }

  /** The network's first address. */
  public Ip first() {
    return new Ip(six(), address.value().shiftRight(hostBits()).shiftLeft(hostBits()));
  }

  /** The network's last address. */
  public Ip last() {
    return new Ip(six(), first().value().add(size()).subtract(BigInteger.ONE));
  }

  /** How many addresses it has, the unusable ones among them. */
  public BigInteger size() {
    return BigInteger.ONE.shiftLeft(hostBits());
  }

  /** The network itself, its address the first one. */
  public Subnet network() {
    return new Subnet(first(), length);
  }

  /** Another address in the same network. */
  public Subnet with(Ip other) {
    return new Subnet(other, length);
  }

  public boolean contains(Ip other) {
    return other.six() == six() && first().compareTo(other) <= 0 && other.compareTo(last()) <= 0;
  }

  public boolean contains(Subnet other) {
    return other.length >= length && contains(other.address);
  }

  public boolean overlaps(Subnet other) {
    return contains(other) || other.contains(this);
  }

  @Override
  public String toString() {
    return address + "/" + length;
  }

  private int hostBits() {
    return address.bits() - length;
  }
}
