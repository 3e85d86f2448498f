package argosy.engine.netlink;

/** IPv4 or IPv6. */
public enum Family {
  V4,
  V6;

  static Family of(boolean six) {
    return six ? V6 : V4;
  }
}
