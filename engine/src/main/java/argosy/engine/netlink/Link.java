package argosy.engine.netlink;

/**
 * A network interface as the kernel tells it.
 *
 * @param kind "bridge", "veth", "" for hardware and loopback
 * @param master the index of the bridge it is a port of, or 0
 */
record Link(int index, String name, String kind, int master) {}
