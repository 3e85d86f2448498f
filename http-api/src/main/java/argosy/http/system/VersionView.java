package argosy.http.system;

import argosy.engine.HostRequest.HostFacts;
import argosy.http.version.ApiVersion;
import argosy.http.wire.Version;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The daemon as {@code docker version} shows it. */
final class VersionView {
  private VersionView() {}

  static Version of(HostFacts facts, String version) {
    String java = "java" + System.getProperty("java.version", "");
    String arch = goArchitecture(facts.architecture());
    var details = new TreeMap<String, String>();
    details.put("ApiVersion", ApiVersion.NEWEST.toString());
    details.put("Arch", arch);
    details.put("BuildTime", "");
    details.put("Experimental", "false");
    details.put("GitCommit", "");
    details.put("GoVersion", java);
    details.put("KernelVersion", facts.kernel());
    details.put("MinAPIVersion", ApiVersion.OLDEST.toString());
    details.put("Os", "linux");
    return new Version(
        new Version.Platform("Argosy"),
        List.of(new Version.Component("Engine", version, Map.copyOf(details))),
        engine(version),
        ApiVersion.NEWEST.toString(),
        ApiVersion.OLDEST.toString(),
        "",
        java,
        "linux",
        arch,
        facts.kernel(),
        "");
  }

  /**
   * The version that clients compare: of the Docker Engine whose API this is, with our own behind
   * it. Testcontainers, for one, takes nothing below 1.6.0. The component and the Server header
   * bear our own version alone.
   */
  static String engine(String version) {
    return ApiVersion.ENGINE + "+argosy." + version;
  }

  /** Go's word for an architecture, which version uses; info uses the kernel's. */
  static String goArchitecture(String architecture) {
    return switch (architecture) {
      case "x86_64" -> "amd64";
      case "aarch64" -> "arm64";
      default -> architecture;
    };
  }

  /** The kernel's word for an architecture. */
  static String kernelArchitecture(String architecture) {
    return switch (architecture) {
      case "amd64" -> "x86_64";
      case "arm64" -> "aarch64";
      default -> architecture;
    };
  }
}
