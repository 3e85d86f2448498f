package argosy.cli.container;

import static argosy.cli.container.CreateFlag.config;
import static argosy.cli.container.CreateFlag.host;
import static argosy.cli.container.CreateFlag.other;

import argosy.cli.container.CreateFlag.Kind;
import argosy.cli.container.CreateFlag.Place;
import java.util.List;
import java.util.stream.Stream;

/** Every flag of create and run, with docker's names and meanings. */
final class CreateFlags {
  private CreateFlags() {}

  /** What update changes too. */
  static final List<CreateFlag> LIMITS =
      List.of(
          host("-m --memory", "SIZE", "Memory limit", Kind.SIZE, "Memory"),
          host(
              "--memory-swap",
              "SIZE",
              "Limit of memory and swap together, -1 for none",
              Kind.SIZE,
              "MemorySwap"),
          host("--memory-reservation", "SIZE", "Soft memory limit", Kind.SIZE, "MemoryReservation"),
          host(
              "-c --cpu-shares", "NUMBER", "Relative weight of CPU time", Kind.NUMBER, "CpuShares"),
          host("--cpu-period", "MICROSECONDS", "CFS period", Kind.NUMBER, "CpuPeriod"),
          host("--cpu-quota", "MICROSECONDS", "CFS quota", Kind.NUMBER, "CpuQuota"),
          host(
              "--cpu-rt-period",
              "MICROSECONDS",
              "Real-time period",
              Kind.NUMBER,
              "CpuRealtimePeriod"),
          host(
              "--cpu-rt-runtime",
              "MICROSECONDS",
              "Real-time CPU time in a period",
              Kind.NUMBER,
              "CpuRealtimeRuntime"),
          host(
              "--cpuset-cpus",
              "LIST",
              "CPUs it may run on, such as 0-2,4",
              Kind.TEXT,
              "CpusetCpus"),
          host("--cpuset-mems", "LIST", "Memory nodes it may use", Kind.TEXT, "CpusetMems"),
          host(
              "--pids-limit",
              "NUMBER",
              "Most processes, -1 for no limit",
              Kind.NUMBER,
              "PidsLimit"),
          host(
              "--blkio-weight",
              "NUMBER",
              "Weight of block I/O, 10 to 1000",
              Kind.NUMBER,
              "BlkioWeight"),
          other("--cpus", "NUMBER", "How many CPUs it may use", Kind.TEXT),
          other("--restart", "POLICY", "no, always, unless-stopped or on-failure[:N]", Kind.TEXT));

  private static final List<CreateFlag> RESOURCES =
      List.of(
          host(
              "--memory-swappiness",
              "NUMBER",
              "How readily it is swapped out, 0 to 100",
              Kind.NUMBER,
              "MemorySwappiness"),
          host(
              "--oom-score-adj",
              "NUMBER",
              "Preference of the OOM killer, -1000 to 1000",
              Kind.NUMBER,
              "OomScoreAdj"),
          host("--oom-kill-disable", "", "Keep the OOM killer away", Kind.SWITCH, "OomKillDisable"),
          host("--shm-size", "SIZE", "Size of /dev/shm", Kind.SIZE, "ShmSize"),
          host("--cgroup-parent", "PATH", "Parent control group", Kind.TEXT, "CgroupParent"),
          other("--ulimit", "NAME=SOFT[:HARD]", "Resource limit", Kind.LIST),
          other("--device", "HOST[:INSIDE[:rwm]]", "Pass a device on", Kind.LIST),
          host(
              "--device-cgroup-rule",
              "RULE",
              "What it may do with devices, such as 'c 42:* rmw'",
              Kind.LIST,
              "DeviceCgroupRules"),
          other("--gpus", "WHICH", "Pass GPUs on: all or a number", Kind.TEXT),
          other("--blkio-weight-device", "DEVICE:WEIGHT", "Weight for one device", Kind.LIST),
          other("--device-read-bps", "DEVICE:SIZE", "Most bytes read in a second", Kind.LIST),
          other("--device-write-bps", "DEVICE:SIZE", "Most bytes written in a second", Kind.LIST),
          other("--device-read-iops", "DEVICE:NUMBER", "Most reads in a second", Kind.LIST),
          other("--device-write-iops", "DEVICE:NUMBER", "Most writes in a second", Kind.LIST),
          host("--cpu-count", "NUMBER", "CPUs (Windows)", Kind.NUMBER, "CpuCount"),
          host("--cpu-percent", "NUMBER", "Share of CPU (Windows)", Kind.NUMBER, "CpuPercent"),
          host("--io-maxiops", "NUMBER", "Most I/O (Windows)", Kind.NUMBER, "IOMaximumIOps"),
          host("--io-maxbandwidth", "SIZE", "Most I/O (Windows)", Kind.SIZE, "IOMaximumBandwidth"),
          host("--isolation", "TECHNOLOGY", "default on Linux", Kind.TEXT, "Isolation"));

  private static final List<CreateFlag> SECURITY =
      List.of(
          host("--cap-add", "CAPABILITY", "Add a capability", Kind.LIST, "CapAdd"),
          host("--cap-drop", "CAPABILITY", "Drop a capability", Kind.LIST, "CapDrop"),
          host("--privileged", "", "Give it everything the host has", Kind.SWITCH, "Privileged"),
          host(
              "--read-only",
              "",
              "Make its root file system read-only",
              Kind.SWITCH,
              "ReadonlyRootfs"),
          host("--sysctl", "NAME=VALUE", "Kernel parameter of its namespaces", Kind.MAP, "Sysctls"),
          host("--group-add", "GROUP", "Additional group", Kind.LIST, "GroupAdd"),
          host("--pid", "MODE", "PID namespace", Kind.TEXT, "PidMode"),
          host("--ipc", "MODE", "IPC namespace", Kind.TEXT, "IpcMode"),
          host("--uts", "MODE", "UTS namespace", Kind.TEXT, "UTSMode"),
          host("--userns", "MODE", "User namespace", Kind.TEXT, "UsernsMode"),
          host(
              "--cgroupns", "MODE", "Cgroup namespace: host or private", Kind.TEXT, "CgroupnsMode"),
          other(
              "--security-opt", "OPTION", "Such as seccomp=FILE or no-new-privileges", Kind.LIST));

  private static final List<CreateFlag> STORAGE =
      List.of(
          other(
              "-v --volume",
              "[SOURCE:]PATH[:OPTIONS]",
              "Mount a volume or a host's directory",
              Kind.LIST),
          other(
              "--mount",
              "KEY=VALUE,...",
              "Mount: type, source, target, readonly and more",
              Kind.LIST),
          other("--tmpfs", "PATH[:OPTIONS]", "Mount a tmpfs", Kind.LIST),
          host(
              "--volumes-from",
              "CONTAINER[:ro]",
              "Mount what another container has",
              Kind.LIST,
              "VolumesFrom"),
          host("--volume-driver", "NAME", "Driver of its volumes", Kind.TEXT, "VolumeDriver"),
          host(
              "--storage-opt",
              "NAME=VALUE",
              "Option of the storage driver",
              Kind.MAP,
              "StorageOpt"));

  private static final List<CreateFlag> NETWORK =
      List.of(
          host("--network --net", "NETWORK", "Network to join", Kind.TEXT, "NetworkMode"),
          other("--network-alias --net-alias", "NAME", "Another name on its network", Kind.LIST),
          other("--ip", "ADDRESS", "IPv4 address on its network", Kind.TEXT),
          other("--ip6", "ADDRESS", "IPv6 address on its network", Kind.TEXT),
          other("--link-local-ip", "ADDRESS", "Link-local address", Kind.LIST),
          config("--mac-address", "MAC", "Ethernet address", Kind.TEXT, "MacAddress"),
          other(
              "-p --publish", "[[IP:]PORT:]PORT[/PROTO]", "Publish a port on the host", Kind.LIST),
          host(
              "-P --publish-all", "", "Publish every exposed port", Kind.SWITCH, "PublishAllPorts"),
          other("--expose", "PORT[/PROTO]", "Expose a port", Kind.LIST),
          config("-h --hostname", "NAME", "Host name inside", Kind.TEXT, "Hostname"),
          config("--domainname", "NAME", "Domain name inside", Kind.TEXT, "Domainname"),
          host("--add-host", "NAME:IP", "Line for /etc/hosts", Kind.LIST, "ExtraHosts"),
          host("--dns", "ADDRESS", "Name server", Kind.LIST, "Dns"),
          host("--dns-option --dns-opt", "OPTION", "Resolver option", Kind.LIST, "DnsOptions"),
          host("--dns-search", "DOMAIN", "Search domain", Kind.LIST, "DnsSearch"),
          host("--link", "CONTAINER[:ALIAS]", "Link to another container", Kind.LIST, "Links"));

  private static final List<CreateFlag> PROCESS =
      List.of(
          other("--name", "NAME", "Name the container", Kind.TEXT),
          other("-i --interactive", "", "Keep stdin open", Kind.SWITCH),
          config("-t --tty", "", "Give it a terminal", Kind.SWITCH, "Tty"),
          other("-a --attach", "STREAM", "Attach to stdin, stdout or stderr only", Kind.LIST),
          other("-e --env", "NAME[=VALUE]", "Set a variable, or pass one on", Kind.LIST),
          other("--env-file", "FILE", "Read variables from a file", Kind.LIST),
          other("-l --label", "NAME=VALUE", "Set a label", Kind.LIST),
          other("--label-file", "FILE", "Read labels from a file", Kind.LIST),
          config("-w --workdir", "DIR", "Working directory inside", Kind.TEXT, "WorkingDir"),
          config("-u --user", "USER[:GROUP]", "User inside", Kind.TEXT, "User"),
          other("--entrypoint", "PATH", "Replace the image's entry point", Kind.TEXT),
          config("--stop-signal", "SIGNAL", "Signal that asks it to stop", Kind.TEXT, "StopSignal"),
          config(
              "--stop-timeout",
              "SECONDS",
              "Patience before it is killed",
              Kind.NUMBER,
              "StopTimeout"),
          host("--rm", "", "Remove the container when it exits", Kind.SWITCH, "AutoRemove"),
          host(
              "--init",
              "",
              "Run a small init that reaps and forwards signals",
              Kind.SWITCH,
              "Init"),
          host("--runtime", "NAME", "OCI runtime", Kind.TEXT, "Runtime"),
          host(
              "--annotation",
              "NAME=VALUE",
              "Annotation for the OCI runtime",
              Kind.MAP,
              "Annotations"),
          other("--platform", "OS/ARCH", "Platform of the image", Kind.TEXT),
          other("--pull", "WHEN", "Pull the image: always, missing (default) or never", Kind.TEXT),
          other("-q --quiet", "", "Show no pull progress", Kind.SWITCH),
          other("--cidfile", "FILE", "Write the container's id to a file", Kind.TEXT),
          other("--log-driver", "NAME", "Logging driver", Kind.TEXT),
          other("--log-opt", "NAME=VALUE", "Option of the logging driver", Kind.LIST));

  private static final List<CreateFlag> HEALTH =
      List.of(
          other("--health-cmd", "COMMAND", "Command that tells its health", Kind.TEXT),
          other("--health-interval", "DURATION", "Time between checks", Kind.TEXT),
          other("--health-timeout", "DURATION", "Patience with a check", Kind.TEXT),
          other(
              "--health-retries",
              "NUMBER",
              "Failures in a row that make it unhealthy",
              Kind.NUMBER),
          other(
              "--health-start-period",
              "DURATION",
              "Time to start before failures count",
              Kind.TEXT),
          other(
              "--health-start-interval",
              "DURATION",
              "Time between checks while it starts",
              Kind.TEXT),
          other("--no-healthcheck", "", "Ignore the image's health check", Kind.SWITCH));

  /** In the order in which a body names them. */
  static final List<CreateFlag> ALL =
      Stream.of(LIMITS, RESOURCES, SECURITY, STORAGE, NETWORK, PROCESS, HEALTH)
          .flatMap(List::stream)
          .toList();

  /** The fields of one place that go there by themselves. */
  static void fill(Fields fields, Place place) {
    ALL.stream().filter(flag -> flag.place() == place).forEach(flag -> flag.into(fields));
  }
}
