package argosy.cli.container;

import argosy.cli.command.Form;

/** The options of create, which run has too: docker's names and meanings. */
final class CreateForm {
  private CreateForm() {}

  static Form on(Form form) {
    process(form);
    resources(form);
    security(form);
    network(form);
    storage(form);
    health(form);
    return form.operandsFrom("IMAGE [COMMAND] [ARG...]", 1).commandAfterOperand();
  }

  private static void process(Form form) {
    form.value("--name", "NAME", "Name the container")
        .flag("-i --interactive", "Keep stdin open")
        .flag("-t --tty", "Give it a terminal")
        .list("-a --attach", "STREAM", "Attach to stdin, stdout or stderr only")
        .list("-e --env", "NAME[=VALUE]", "Set a variable, or pass one on")
        .list("--env-file", "FILE", "Read variables from a file")
        .list("-l --label", "NAME=VALUE", "Set a label")
        .list("--label-file", "FILE", "Read labels from a file")
        .value("-w --workdir", "DIR", "Working directory inside")
        .value("-u --user", "USER[:GROUP]", "User inside")
        .value("--entrypoint", "PATH", "Replace the image's entry point")
        .flag("--init", "Run a small init that reaps and forwards signals")
        .flag("--rm", "Remove the container when it exits")
        .value("--restart", "POLICY", "no, always, unless-stopped or on-failure[:N]")
        .value("--stop-signal", "SIGNAL", "Signal that asks it to stop")
        .value("--stop-timeout", "SECONDS", "Patience before it is killed")
        .value("--platform", "OS/ARCH", "Platform of the image")
        .value("--pull", "WHEN", "Pull the image: always, missing (default) or never")
        .flag("-q --quiet", "Show no pull progress")
        .value("--runtime", "NAME", "OCI runtime")
        .list("--annotation", "NAME=VALUE", "Annotation for the OCI runtime")
        .value("--cidfile", "FILE", "Write the container's id to a file")
        .value("--log-driver", "NAME", "Logging driver")
        .list("--log-opt", "NAME=VALUE", "Option of the logging driver");
  }

  private static void resources(Form form) {
    form.value("-m --memory", "SIZE", "Memory limit")
        .value("--memory-swap", "SIZE", "Limit of memory and swap together, -1 for none")
        .value("--memory-reservation", "SIZE", "Soft memory limit")
        .value("--cpus", "NUMBER", "How many CPUs it may use")
        .value("-c --cpu-shares", "NUMBER", "Relative weight of CPU time")
        .value("--cpu-period", "MICROSECONDS", "CFS period")
        .value("--cpu-quota", "MICROSECONDS", "CFS quota")
        .value("--cpuset-cpus", "LIST", "CPUs it may run on, such as 0-2,4")
        .value("--cpuset-mems", "LIST", "Memory nodes it may use")
        .value("--pids-limit", "NUMBER", "Most processes, -1 for no limit")
        .value("--blkio-weight", "NUMBER", "Weight of block I/O, 10 to 1000")
        .value("--oom-score-adj", "NUMBER", "Preference of the OOM killer, -1000 to 1000")
        .flag("--oom-kill-disable", "Keep the OOM killer away")
        .value("--shm-size", "SIZE", "Size of /dev/shm")
        .list("--ulimit", "NAME=SOFT[:HARD]", "Resource limit")
        .value("--cgroup-parent", "PATH", "Parent control group")
        .list("--device", "HOST[:INSIDE[:rwm]]", "Pass a device on");
  }

  private static void security(Form form) {
    form.list("--cap-add", "CAPABILITY", "Add a capability")
        .list("--cap-drop", "CAPABILITY", "Drop a capability")
        .flag("--privileged", "Give it everything the host has")
        .list("--security-opt", "OPTION", "Such as seccomp=FILE or no-new-privileges")
        .list("--sysctl", "NAME=VALUE", "Kernel parameter of its namespaces")
        .list("--group-add", "GROUP", "Additional group")
        .value("--pid", "MODE", "PID namespace")
        .value("--ipc", "MODE", "IPC namespace")
        .value("--uts", "MODE", "UTS namespace")
        .value("--userns", "MODE", "User namespace")
        .value("--cgroupns", "MODE", "Cgroup namespace: host or private");
  }

  private static void network(Form form) {
    form.value("--network --net", "NETWORK", "Network to join")
        .list("--network-alias", "NAME", "Another name on its network")
        .value("--ip", "ADDRESS", "IPv4 address on its network")
        .value("--mac-address", "MAC", "Ethernet address")
        .list("-p --publish", "[[IP:]PORT:]PORT[/PROTO]", "Publish a port on the host")
        .flag("-P --publish-all", "Publish every exposed port")
        .list("--expose", "PORT[/PROTO]", "Expose a port")
        .value("-h --hostname", "NAME", "Host name inside")
        .value("--domainname", "NAME", "Domain name inside")
        .list("--add-host", "NAME:IP", "Line for /etc/hosts")
        .list("--dns", "ADDRESS", "Name server")
        .list("--dns-option", "OPTION", "Resolver option")
        .list("--dns-search", "DOMAIN", "Search domain")
        .list("--link", "CONTAINER[:ALIAS]", "Link to another container");
  }

  private static void storage(Form form) {
    form.list("-v --volume", "[SOURCE:]PATH[:OPTIONS]", "Mount a volume or a host's directory")
        .list("--mount", "KEY=VALUE,...", "Mount: type, source, target, readonly and more")
        .list("--tmpfs", "PATH[:OPTIONS]", "Mount a tmpfs")
        .list("--volumes-from", "CONTAINER[:ro]", "Mount what another container has")
        .flag("--read-only", "Make its root file system read-only")
        .list("--storage-opt", "NAME=VALUE", "Option of the storage driver");
  }

  private static void health(Form form) {
    form.value("--health-cmd", "COMMAND", "Command that tells its health")
        .value("--health-interval", "DURATION", "Time between checks")
        .value("--health-timeout", "DURATION", "Patience with a check")
        .value("--health-retries", "NUMBER", "Failures in a row that make it unhealthy")
        .value("--health-start-period", "DURATION", "Time to start before failures count")
        .value("--health-start-interval", "DURATION", "Time between checks while it starts")
        .flag("--no-healthcheck", "Ignore the image's health check");
  }
}
