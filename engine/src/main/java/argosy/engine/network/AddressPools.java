package argosy.engine.network;

import argosy.engine.failure.Failure;
import argosy.engine.failure.Refused;
import argosy.engine.netlink.Cidr;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Where networks get their addresses when nobody says: Docker's default pools. Pure. */
final class AddressPools {
  private static final List<Cidr> DEFAULTS = defaults();

  private AddressPools() {}

  /** The first pool that overlaps nothing taken; {@code taken}: networks, and the host's routes. */
  static Cidr choose(Collection<Cidr> taken) {
    return DEFAULTS.stream()
        .filter(pool -> taken.stream().noneMatch(pool::overlaps))
        .findFirst()
        .orElseThrow(() ->
            new Refused(
                new Failure.Internal("all predefined address pools have been fully subnetted")));
  }

  /** 172.17.0.0/16 to 172.31.0.0/16, then 192.168.0.0/20 to 192.168.240.0/20. */
  private static List<Cidr> defaults() {
    var pools = new ArrayList<Cidr>();
    for (int second = 17; second <= 31; second++) {
      pools.add(Cidr.parse("172." + second + ".0.0/16"));
    }
    for (int third = 0; third < 256; third += 16) {
      pools.add(Cidr.parse("192.168." + third + ".0/20"));
    }
    return List.copyOf(pools);
  }
}
