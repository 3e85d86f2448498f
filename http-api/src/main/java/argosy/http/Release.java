package argosy.http;

/** Which Argosy this is. */
public final class Release {
  /** As {@code info}, {@code version} and the Server header show it. */
  public static final String VERSION = version();

  private Release() {}

  private static String version() {
    var version = Release.class.getPackage().getImplementationVersion();
    return version == null ? "0.1.0" : version;
  }
}
