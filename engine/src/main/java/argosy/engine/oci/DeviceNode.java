package argosy.engine.oci;

/**
 * A device file of the host.
 *
 * @param type {@code c} or {@code b}
 * @param mode permission bits
 */
public record DeviceNode(
    String path, char type, long major, long minor, int mode, int uid, int gid) {}
