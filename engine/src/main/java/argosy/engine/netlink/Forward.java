package argosy.engine.netlink;

/**
 * A published port: what arrives at the host goes to the container. Both addresses are of one
 * family, packets are not translated between them.
 *
 * @param protocol tcp, udp or sctp
 * @param hostAddress one of the host's addresses, {@code 0.0.0.0} or {@code ::} for all of them
 * @param hostPort 0 where nothing is translated: the container's own address is reached
 */
public record Forward(String protocol, Ip hostAddress, int hostPort, Ip address, int port) {
  public Forward {
    if (hostAddress.six() != address.six()) {
      throw new IllegalArgumentException(hostAddress + " does not lead to " + address);
    }
  }

  /** True when a port of the host leads to it. */
  boolean isTranslated() {
    return hostPort != 0;
  }
}
