package argosy.engine.netlink;

/**
 * A network as the kernel knows it.
 *
 * @param name the interface's, at most 15 characters
 * @param address the bridge's own, which is the containers' gateway
 * @param mtu bytes
 * @param internal true: nothing gets out of it and nothing in
 * @param masquerade whether what leaves it carries the host's address
 * @param talkative whether its containers reach each other
 */
public record Bridge(
    String name, Cidr address, int mtu, boolean internal, boolean masquerade, boolean talkative) {}
