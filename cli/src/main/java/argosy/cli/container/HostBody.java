package argosy.cli.container;

import argosy.cli.command.Arguments;
import argosy.cli.json.Json;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** HostConfig: what a container has to do with its host. */
record HostBody(Arguments arguments) {
  private static final long BILLION = 1_000_000_000;

  Map<String, Object> fields() throws IOException {
    Fields host = new Fields(arguments);
    resources(host);
    isolation(host);
    storage(host);
    network(host);
    host.flag("AutoRemove", "--rm").flag("Init", "--init").text("Runtime", "--runtime");
    host.map("Annotations", "--annotation");
    restart(host);
    logging(host);
    return host.map();
  }

  private void resources(Fields host) {
    host.size("Memory", "--memory")
        .size("MemorySwap", "--memory-swap")
        .size("MemoryReservation", "--memory-reservation")
        .number("CpuShares", "--cpu-shares")
        .number("CpuPeriod", "--cpu-period")
        .number("CpuQuota", "--cpu-quota")
        .text("CpusetCpus", "--cpuset-cpus")
        .text("CpusetMems", "--cpuset-mems")
        .number("PidsLimit", "--pids-limit")
        .number("BlkioWeight", "--blkio-weight")
        .number("OomScoreAdj", "--oom-score-adj")
        .flag("OomKillDisable", "--oom-kill-disable")
        .size("ShmSize", "--shm-size")
        .text("CgroupParent", "--cgroup-parent")
        .putAll("Ulimits", arguments.list("--ulimit").stream().map(HostBody::ulimit).toList())
        .putAll("Devices", arguments.list("--device").stream().map(HostBody::device).toList());
    if (arguments.has("--cpus")) {
      host.put("NanoCpus", nanoCpus(arguments.text("--cpus")));
    }
  }

  private static long nanoCpus(String text) {
    try {
      return new BigDecimal(text).multiply(BigDecimal.valueOf(BILLION)).longValueExact();
    } catch (ArithmeticException | NumberFormatException e) {
      throw new IllegalArgumentException("--cpus: \"" + text + "\" is no number of CPUs", e);
    }
  }

  private static Map<String, Object> ulimit(String text) {
    int equals = text.indexOf('=');
    if (equals < 0) {
      throw new IllegalArgumentException("--ulimit: \"" + text + "\" is not NAME=SOFT[:HARD]");
    }
    String[] limits = text.substring(equals + 1).split(":", 2);
    long soft = Fields.wholeNumber("--ulimit", limits[0]);
    long hard = limits.length > 1 ? Fields.wholeNumber("--ulimit", limits[1]) : soft;
    return ordered("Name", text.substring(0, equals), "Soft", soft, "Hard", hard);
  }

  private static Map<String, Object> device(String text) {
    String[] parts = text.split(":", 3);
    boolean rights = parts.length == 2 && parts[1].matches("[rwm]{1,3}");
    String inside = parts.length > 1 && !rights ? parts[1] : parts[0];
    String permissions = rights ? parts[1] : parts.length > 2 ? parts[2] : "rwm";
    return ordered(
        "PathOnHost", parts[0], "PathInContainer", inside, "CgroupPermissions", permissions);
  }

  private void isolation(Fields host) throws IOException {
    host.list("CapAdd", "--cap-add")
        .list("CapDrop", "--cap-drop")
        .flag("Privileged", "--privileged")
        .flag("ReadonlyRootfs", "--read-only")
        .map("Sysctls", "--sysctl")
        .list("GroupAdd", "--group-add")
        .text("PidMode", "--pid")
        .text("IpcMode", "--ipc")
        .text("UTSMode", "--uts")
        .text("UsernsMode", "--userns")
        .text("CgroupnsMode", "--cgroupns")
        .putAll("SecurityOpt", securityOptions());
  }

  /** A seccomp profile travels as its content: the daemon may be on another host. */
  private List<String> securityOptions() throws IOException {
    List<String> options = new ArrayList<>();
    for (String option : arguments.list("--security-opt")) {
      String profile = option.replaceFirst("^seccomp[=:]", "");
      boolean file = profile.length() < option.length() && !profile.matches("unconfined|builtin");
      options.add(
          file ? "seccomp=" + Json.parse(Files.readString(Path.of(profile))).compact() : option);
    }
    return options;
  }

  private void storage(Fields host) {
    host.putAll("Binds", MountSpecs.binds(arguments.list("--volume")))
        .putAll("Mounts", arguments.list("--mount").stream().map(MountSpecs::mount).toList())
        .putAll("Tmpfs", MountSpecs.tmpfs(arguments.list("--tmpfs")))
        .list("VolumesFrom", "--volumes-from")
        .map("StorageOpt", "--storage-opt");
  }

  private void network(Fields host) {
    host.text("NetworkMode", "--network")
        .putAll("PortBindings", PortSpecs.bindings(arguments))
        .flag("PublishAllPorts", "--publish-all")
        .list("ExtraHosts", "--add-host")
        .list("Dns", "--dns")
        .list("DnsOptions", "--dns-option")
        .list("DnsSearch", "--dns-search")
        .list("Links", "--link");
  }

  private void restart(Fields host) {
    if (!arguments.has("--restart")) {
      return;
    }
    String[] policy = arguments.text("--restart").split(":", 2);
    long retries = policy.length > 1 ? Fields.wholeNumber("--restart", policy[1]) : 0;
    host.put("RestartPolicy", ordered("Name", policy[0], "MaximumRetryCount", retries));
  }

  private void logging(Fields host) {
    Fields log = new Fields(arguments).text("Type", "--log-driver").map("Config", "--log-opt");
    host.putAll("LogConfig", log.map());
  }

  private static Map<String, Object> ordered(Object... namesAndValues) {
    Map<String, Object> fields = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      fields.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return fields;
  }
}
