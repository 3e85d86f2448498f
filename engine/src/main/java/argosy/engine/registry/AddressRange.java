package argosy.engine.registry;

import java.math.BigInteger;
import java.net.InetAddress;
import java.util.Optional;

/** Addresses with the same beginning, {@code 10.0.0.0/8}; {@code bits}: how long it is. */
record AddressRange(byte[] address, int bits) {
  private static final int BYTE = 8;

  static Optional<AddressRange> parse(String text) {
    int slash = text.indexOf('/');
    String bits = text.substring(slash + 1);
    return literal(text.substring(0, slash))
        .filter(_ -> bits.matches("[0-9]{1,3}"))
        .map(address -> new AddressRange(address, Integer.parseInt(bits)))
        .filter(range -> range.bits <= range.address.length * BYTE);
  }

  /** Whether a host is an address of this range; names are not looked up. */
  boolean holds(String host) {
    return literal(host)
        .filter(other -> other.length == address.length)
        .filter(other -> beginning(other).equals(beginning(address)))
        .isPresent();
  }

  private BigInteger beginning(byte[] whole) {
    return new BigInteger(1, whole).shiftRight(whole.length * BYTE - bits);
  }

  private static Optional<byte[]> literal(String text) {
    try {
      return text.matches("[0-9.]+|[0-9a-f:.]*:[0-9a-f:.]*")
          ? Optional.of(InetAddress.ofLiteral(text).getAddress())
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
