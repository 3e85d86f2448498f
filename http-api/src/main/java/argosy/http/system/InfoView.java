package argosy.http.system;

import argosy.engine.HostRequest.HostFacts;
import argosy.http.answer.TimeText;
import argosy.http.version.ApiVersion;
import argosy.http.wire.Info;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The host as {@code docker info} shows it, in the shape of the asked version. */
final class InfoView {
  private static final Info.Commit NO_COMMIT = new Info.Commit("", null);

  private InfoView() {}

  static Info of(
      HostFacts facts, ClusterFacts cluster, String version, Instant now, ApiVersion asked) {
    var counts = facts.counts();
    @Nullable Boolean bridgeNf = asked.atLeast(50) ? null : Boolean.TRUE;
    return new Info(
        facts.id(),
        counts.running() + counts.paused() + counts.stopped(),
        counts.running(),
        counts.paused(),
        counts.stopped(),
        counts.images(),
        "overlay2",
        List.of(List.of("Supports d_type", "true"), List.of("Using metacopy", "false")),
        cluster.status(),
        new Info.Plugins(
            List.of("local"),
            List.of("bridge", "host", "null"),
            null,
            List.of("json-file", "local", "none")),
        true,
        true,
        true,
        true,
        true,
        true,
        true,
        true,
        bridgeNf,
        bridgeNf,
        facts.debug(),
        0,
        facts.cgroupVersion() == 1,
        facts.debug() ? ManagementFactory.getThreadMXBean().getThreadCount() : 0,
        TimeText.stamp(now),
        "json-file",
        "cgroupfs",
        Integer.toString(facts.cgroupVersion()),
        0,
        facts.kernel(),
        facts.operatingSystem(),
        facts.osVersion(),
        "linux",
        VersionView.kernelArchitecture(facts.architecture()),
        "https://index.docker.io/v1/",
        registries(facts),
        facts.cpus(),
        facts.memory(),
        null,
        facts.dataRoot(),
        facts.proxies().http(),
        facts.proxies().https(),
        facts.proxies().none(),
        facts.name(),
        Stream.concat(facts.labels().stream(), cluster.labels().stream()).toList(),
        false,
        VersionView.engine(version),
        runtimes(facts),
        facts.defaultRuntime(),
        new Info.Swarm("", "", "inactive", false, "", null),
        true,
        "",
        "",
        commit(asked),
        commit(asked),
        commit(asked),
        facts.cgroupVersion() == 2
            ? List.of("name=seccomp,profile=builtin", "name=cgroupns")
            : List.of("name=seccomp,profile=builtin"),
        asked.atLeast(49) ? new Info.FirewallBackend("nftables") : null,
        List.of(),
        asked.atLeast(50) ? List.of() : null,
        Stream.concat(facts.warnings().stream(), cluster.warnings().stream())
            .map(InfoView::warning)
            .toList());
  }

  /** The CLI prints warnings as they are, and Docker's all start so. */
  private static String warning(String sentence) {
    return sentence.startsWith("WARNING") ? sentence : "WARNING: " + sentence;
  }

  private static Info.Commit commit(ApiVersion asked) {
    return asked.atLeast(49) ? NO_COMMIT : new Info.Commit("", "");
  }

  private static Map<String, Info.RuntimePath> runtimes(HostFacts facts) {
    var all = new TreeMap<String, Info.RuntimePath>();
    facts.runtimes().forEach((name, path) -> all.put(name, new Info.RuntimePath(path)));
    return all;
  }

  private static Info.RegistryConfig registries(HostFacts facts) {
    var indexes = new TreeMap<String, Info.Index>();
    indexes.put("docker.io", new Info.Index("docker.io", facts.registryMirrors(), true, true));
    for (String registry : facts.insecureRegistries()) {
      if (!registry.contains("/")) {
        indexes.put(registry, new Info.Index(registry, List.of(), false, false));
      }
    }
    return new Info.RegistryConfig(
        Stream.concat(
                Stream.of("127.0.0.0/8", "::1/128"),
                facts.insecureRegistries().stream().filter(each -> each.contains("/")))
            .toList(),
        indexes,
        facts.registryMirrors());
  }
}
