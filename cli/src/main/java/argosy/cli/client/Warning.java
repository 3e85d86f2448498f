package argosy.cli.client;

/** HTTP's Warning header (RFC 7234, section 5.5): {@code 299 argosy "text"}. */
final class Warning {
  private Warning() {}

  /** The quoted text, or the whole value when it has none. */
  static String text(String value) {
    int open = value.indexOf('"');
    int close = value.lastIndexOf('"');
    return open < 0 || close <= open ? value : value.substring(open + 1, close);
  }
}
