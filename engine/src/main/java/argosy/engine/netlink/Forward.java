package argosy.engine.netlink;

/**
 * A published port: what arrives at the host goes to the container.
 *
 * @param protocol tcp, udp or sctp
 * @param hostAddress one of the host's addresses, 0 for all of them
 */
public record Forward(String protocol, int hostAddress, int hostPort, int address, int port) {}
