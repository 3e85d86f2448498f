package argosy.engine;

import argosy.engine.build.BuildCache;
import argosy.engine.protocol.Request;
import java.util.List;
import java.util.Map;

/** What can be asked about the host itself. */
public sealed interface HostRequest<R> extends Request<R> {

  /** The directories that builds keep. */
  record BuildCaches() implements HostRequest<Cached> {
    @Override
    public Class<Cached> reply() {
      return Cached.class;
    }
  }

  record Cached(List<BuildCache> caches) {
    public Cached {
      caches = List.copyOf(caches);
    }
  }

  /** Facts for {@code info} and for placement. */
  record Facts() implements HostRequest<HostFacts> {
    @Override
    public Class<HostFacts> reply() {
      return HostFacts.class;
    }
  }

  /**
   * The host as it is now.
   *
   * @param id the engine's stable id, made at its first start
   * @param memory bytes
   * @param runtimes OCI runtime name to path
   * @param proxies what stands between it and registries
   * @param warnings sentences an operator should read
   */
  record HostFacts(
      String id,
      String name,
      List<String> labels,
      int cpus,
      long memory,
      String architecture,
      String kernel,
      String operatingSystem,
      String osVersion,
      int cgroupVersion,
      String dataRoot,
      Map<String, String> runtimes,
      String defaultRuntime,
      List<String> insecureRegistries,
      List<String> registryMirrors,
      Proxies proxies,
      Counts counts,
      boolean debug,
      List<String> warnings) {
    public HostFacts {
      labels = List.copyOf(labels);
      runtimes = Map.copyOf(runtimes);
      insecureRegistries = List.copyOf(insecureRegistries);
      registryMirrors = List.copyOf(registryMirrors);
      warnings = List.copyOf(warnings);
    }
  }

  /** Before plain HTTP, before TLS, and who is reached without; passwords are hidden. */
  record Proxies(String http, String https, String none) {}

  record Counts(int running, int paused, int stopped, int images) {}
}
