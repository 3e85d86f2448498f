package argosy.engine.netlink;

/**
 * One end of a container in a bridge.
 *
 * @param number which of the container's interfaces it is; the first one is 0, and {@code eth0}
 * @param mac six bytes as {@code 02:42:ac:11:00:02}
 * @param gateway where the default route leads, 0 for none
 */
public record Plug(String bridge, int number, String mac, Cidr address, int gateway, int mtu) {

  /** The container side's interface. */
  public String name() {
    return "eth" + number;
  }

  /** Docker's way to a stable hardware address: 02:42 and the IPv4 address. */
  public static String mac(int address) {
    return "02:42:%02x:%02x:%02x:%02x"
        .formatted(address >>> 24, address >>> 16 & 0xff, address >>> 8 & 0xff, address & 0xff);
  }
}
