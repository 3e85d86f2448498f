package argosy.engine.netlink;

/** A container's port that is reached at the container's own address. */
record Opening(String protocol, Ip address, int port) {
  static Opening of(Forward forward) {
    return new Opening(forward.protocol(), forward.address(), forward.port());
  }
}
