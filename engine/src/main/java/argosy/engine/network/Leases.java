package argosy.engine.network;

import argosy.engine.failure.Failure;
import argosy.engine.failure.Refused;
import argosy.engine.netlink.Cidr;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Who has which address of a network. The lowest free one is given, so a lone container is where
 * people expect it. Not for more than one thread.
 */
final class Leases {
  private final Cidr subnet;
  private final Cidr range;
  private final Set<Integer> reserved;
  private final Map<Integer, String> owners = new HashMap<>();

  /**
   * {@code range}: where addresses are chosen, within the subnet; {@code reserved}: never given,
   * the gateway for one.
   */
  Leases(Cidr subnet, Cidr range, Set<Integer> reserved) {
    this.subnet = subnet;
    this.range = range;
    this.reserved = Set.copyOf(reserved);
  }

  /** An address for the owner; refuses with Docker's text when all are given. */
  int take(String owner) {
    for (int address = range.first(); ; address++) {
      if (isFree(address)) {
        owners.put(address, owner);
        return address;
      }
      if (address == range.last()) {
        throw new Refused(
            new Failure.Internal("no available IPv4 addresses on this network's address pools"));
      }
    }
  }

  /** That very address for the owner; whoever has it already keeps it. */
  int take(String owner, int address) {
    if (!subnet.contains(address)) {
      throw new Refused(
          new Failure.Invalid(
              "invalid address "
                  + Cidr.text(address)
                  + ": It does not belong to any of this network's subnets"));
    }
    if (!owner.equals(owners.getOrDefault(address, owner)) || isReserved(address)) {
      throw new Refused(new Failure.Forbidden("Address already in use"));
    }
    owners.put(address, owner);
    return address;
  }

  /** Idempotent; takes nothing from anybody else. */
  void release(String owner, int address) {
    owners.remove(address, owner);
  }

  private boolean isFree(int address) {
    return !owners.containsKey(address) && !isReserved(address);
  }

  private boolean isReserved(int address) {
    return reserved.contains(address)
        || subnet.length() < 31 && (address == subnet.first() || address == subnet.last());
  }
}
