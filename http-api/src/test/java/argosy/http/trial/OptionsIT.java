package argosy.http.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the flags of {@code docker run} do inside the container, and what inspect says of them. */
class OptionsIT extends OneHost {
  OptionsIT() {
    super(22);
  }

  @AfterEach
  void no_container_and_no_volume_is_left() {
    for (String list : List.of("ps -aq", "volume ls -q")) {
      var left = daemon.docker(list.split(" ")).ok().lines().filter(it -> !it.isBlank()).toList();
      String remove = list.startsWith("ps") ? "rm -fv" : "volume rm -f";
      left.forEach(each -> daemon.docker((remove + " " + each).split(" ")).ok());
    }
  }

  /** Runs a script in busybox; each line of what it prints is one answer. */
  private List<String> run(String flags, String script) {
    var command = new ArrayList<>(List.of("run", "--rm"));
    Stream.of(flags.split(" ")).filter(it -> !it.isEmpty()).forEach(command::add);
    command.addAll(List.of(busybox, "sh", "-c", script));
    return daemon.docker(command.toArray(String[]::new)).ok().lines().toList();
  }

  /** What a run that must not start says. */
  private String refused(String flags) {
    var command = new ArrayList<>(List.of("run", "--rm"));
    command.addAll(List.of(flags.split(" ")));
    command.addAll(List.of(busybox, "true"));
    var result = daemon.docker(command.toArray(String[]::new));
    assertEquals(125, result.code(), result.out() + result.err());
    return result
        .err()
        .replaceAll("\\.?\\s*(Run|See) 'docker run --help'( for more information)?\\.?", "")
        .strip();
  }

  private String inspect(String name, String template) {
    return daemon.docker("inspect", "-f", template, name).ok();
  }

  @Test
  void who_it_is_and_what_it_is_called() {
    assertEquals(
        List.of(
            "uid=1234 gid=10 groups=10,777",
            "/made/here",
            "box.sea.org",
            "sea",
            "box.sea.org box",
            "hi",
            "9.9.9.9",
            "1.2.3.4 there",
            "3"),
        run(
            "-u 1234:10 --group-add 777 -w /made/here -h box.sea.org --domainname sea -e A=hi"
                + " --dns 9.9.9.9 --add-host there:1.2.3.4 --stop-timeout 3 --dns-option ndots:3",
            """
            id | sed 's/([a-z]*)//g'; pwd; hostname; cat /proc/sys/kernel/domainname
            tail -1 /etc/hosts | cut -f2 | sed 's/box.sea.org.sea/box.sea.org/;s/ .*/ box/'
            echo $A; grep nameserver /etc/resolv.conf | cut -d' ' -f2
            grep there /etc/hosts | tr '\\t' ' '; grep -o 'ndots:.*' /etc/resolv.conf | cut -d: -f2
            """));
  }

  @Test
  void what_it_may_do() throws IOException {
    Path profile = directory.resolve("profile.json");
    Files.writeString(
        profile,
        "{\"defaultAction\": \"SCMP_ACT_ALLOW\", \"syscalls\": [{\"names\": [\"mkdir\","
            + " \"mkdirat\"], \"action\": \"SCMP_ACT_ERRNO\", \"errnoRet\": 1}]}");
    assertEquals(
        List.of("CapEff:\t0000000000001001", "NoNewPrivs:\t1", "Seccomp:\t2", "1"),
        run(
            "--cap-drop ALL --cap-add chown --cap-add CAP_NET_ADMIN --security-opt"
                + " no-new-privileges --security-opt seccomp="
                + profile,
            "grep -E 'CapEff|NoNewPrivs|Seccomp:' /proc/self/status; mkdir /tmp/x 2>/dev/null;"
                + " echo $?"));
    assertEquals(
        List.of("Seccomp:\t0", "rw"),
        run(
            "--security-opt seccomp=unconfined --security-opt systempaths=unconfined",
            "grep Seccomp: /proc/self/status; test -w /proc/sys/kernel/hostname && echo rw"));
    assertEquals(
        List.of("100", "200", "0", "9999", "500", "15"),
        run(
            "--ulimit nofile=100:200 --sysctl net.ipv4.ip_forward=0 --sysctl kernel.msgmax=9999"
                + " --oom-score-adj 500 --stop-signal 15",
            "ulimit -n; ulimit -Hn; cat /proc/sys/net/ipv4/ip_forward /proc/sys/kernel/msgmax"
                + " /proc/self/oom_score_adj; echo 15"));
    assertEquals(
        "docker: Error response from daemon: invalid CapAdd: unknown capability: \"CAP_BOGUS\"",
        refused("--cap-add bogus"));
    assertEquals(
        "docker: Error response from daemon: invalid --security-opt 2: \"foo=bar\"",
        refused("--security-opt foo=bar"));
  }

  @Test
  void how_much_it_gets_and_how_that_is_changed() {
    daemon
        .docker(
            "run -d --name box -m 64m --memory-reservation 32m --cpus 0.5 -c 512 --pids-limit 50"
                .concat(" --cpuset-cpus 0 " + busybox + " sleep 1000")
                .split(" "))
        .ok();
    String files =
        "cd /sys/fs/cgroup; if [ -e cgroup.controllers ]; then cat memory.max pids.max cpu.max"
            + " cpuset.cpus; else cat memory/memory.limit_in_bytes pids/pids.max"
            + " cpu/cpu.cfs_quota_us cpuset/cpuset.cpus; fi";
    assertEquals("67108864 50 50000 0", limits(files));
    assertEquals("134217728", inspect("box", "{{.HostConfig.MemorySwap}}"));
    var raised = daemon.docker("update", "-m", "256m", "box");
    assertTrue(raised.err().contains("update the memoryswap at the same time"), raised.err());
    daemon
        .docker(
            "update",
            "-m",
            "128m",
            "--memory-swap",
            "-1",
            "--cpus",
            "1.5",
            "--pids-limit",
            "-1",
            "--cpuset-cpus",
            "0",
            "--restart",
            "on-failure:2",
            "box")
        .ok();
    assertEquals("134217728 max 150000 0", limits(files));
    assertEquals(
        "134217728 -1 1500000000 on-failure",
        inspect(
            "box",
            "{{.HostConfig.Memory}} {{.HostConfig.MemorySwap}} {{.HostConfig.NanoCpus}}"
                + " {{.HostConfig.RestartPolicy.Name}}"));
    assertTrue(
        daemon
            .docker("update", "--cpu-quota", "5000", "box")
            .err()
            .contains("CPU Quota cannot be updated as NanoCPUs has already been set"));
    assertTrue(
        daemon
            .docker("update", "--cpuset-cpus", "999", "box")
            .err()
            .contains("Requested CPUs are not available - requested 999, available: "));
    daemon.docker("pause", "box").ok();
    daemon.docker("update", "--pids-limit", "30", "box").ok();
    daemon.docker("unpause", "box").ok();
    assertEquals("134217728 30 150000 0", limits(files));
    daemon.docker("kill", "box").ok();
    daemon.docker("update", "--pids-limit", "40", "box").ok();
    daemon.docker("start", "box").ok();
    assertEquals("134217728 40 150000 0", limits(files));
    assertTrue(refused("--cpus 9999").contains("range of CPUs is from 0.01 to "));
    assertTrue(refused("--runtime nope").endsWith("unknown or invalid runtime name: nope"));
    assertTrue(refused("--storage-opt size=1G").contains("supported only for overlay over xfs"));
  }

  private String limits(String files) {
    return daemon
        .docker("exec", "box", "sh", "-c", files)
        .ok()
        .replaceAll(" 100000\\b", "")
        .replaceAll("\\s+", " ")
        .strip();
  }

  @Test
  void what_is_mounted() throws IOException {
    Path source = Files.createDirectories(directory.resolve("source/below"));
    Files.writeString(source.resolve("file"), "kept");
    Path above = source.getParent();
    assertEquals(
        List.of("kept", "ro", "1777 size=1024k", "700 1000", "size=2048k", "/etc/passwd", "ro"),
        run(
                "--read-only -v "
                    + above
                    + ":/in:ro --mount type=tmpfs,dst=/t,tmpfs-size=1m --tmpfs /u:mode=700,uid=1000,exec"
                    + " --shm-size 2m -v data:/etc/x -v /etc/passwd:/etc/theirs:ro",
                """
                flags() { grep " $1 " /proc/self/mountinfo | cut -d' ' -f6 | cut -c1-2; }
                cat /in/below/file; echo; flags /in
                echo $(stat -c %a /t) $(grep ' /t ' /proc/self/mountinfo | grep -o 'size=[0-9k]*')
                stat -c '%a %u' /u; grep ' /dev/shm ' /proc/self/mountinfo | grep -o 'size=[0-9k]*'
                test -s /etc/theirs && echo /etc/passwd; touch /x 2>/dev/null || echo ro
                """)
            .stream()
            .filter(it -> !it.isEmpty())
            .toList());
    assertTrue(refused("-v /a:/b:shared,slave").endsWith("invalid mode: shared,slave"));
    assertTrue(refused("-v data:/b:shared").contains("field BindOptions must not be specified"));
    assertTrue(refused("--tmpfs /t:nonsense").endsWith("invalid tmpfs option [\"nonsense\"]"));
    assertTrue(
        refused("--mount type=bind,src=/not/there,dst=/b")
            .endsWith("bind source path does not exist: /not/there"));
  }

  @Test
  void what_older_command_lines_can_not_ask_for() throws IOException {
    String body =
        """
        {"Image": "%s", "Cmd": ["sh", "-c", "grep ' /in ' /proc/self/mountinfo | cut -d' ' -f6"],
         "HostConfig": {"Annotations": {"a": "b"}, "Mounts": [{"Type": "bind", "Source": "%s",
          "Target": "/in", "ReadOnly": true, "BindOptions": {"ReadOnlyNonRecursive": true}}]}}
        """
            .formatted(busybox, Files.createDirectories(directory.resolve("writable")));
    Api.of(daemon).post("/containers/create?name=newer", body).ok();
    assertTrue(daemon.docker("start", "-a", "newer").ok().startsWith("ro"));
    assertEquals("map[a:b]", inspect("newer", "{{.HostConfig.Annotations}}"));
  }

  @Test
  void what_it_shares_with_another() {
    daemon
        .docker(
            "run",
            "-d",
            "--name",
            "donor",
            "--ipc",
            "shareable",
            "-v",
            "/vol",
            busybox,
            "sh",
            "-c",
            "echo theirs >/dev/shm/f; echo own >/vol/f; sleep 1000")
        .ok();
    Shell.await(
        "the donor wrote", () -> daemon.docker("exec", "donor", "cat", "/vol/f").code() == 0);
    assertEquals(
        List.of("theirs", "own", "own", "1"),
        run(
            "--ipc container:donor --pid container:donor --network container:donor --volumes-from"
                + " donor:ro",
            "cat /dev/shm/f /vol/f; touch /vol/g 2>/dev/null || echo own; ps | grep -c '[s]leep"
                + " 1000'"));
    daemon.docker("run", "-d", "--name", "alone", busybox, "sleep", "1000").ok();
    assertTrue(refused("--ipc container:alone").contains("non-shareable IPC"));
    assertEquals("private", inspect("alone", "{{.HostConfig.IpcMode}}"));
    var left = hosts.inside(1, List.of("cat", "/proc/self/mountinfo"));
    daemon.docker("rm", "-fv", "donor").ok();
    Shell.await(
        "its memory is gone",
        () ->
            !Shell.run(left)
                .ok()
                .lines()
                .anyMatch(it -> it.contains("/n1/") && it.contains("/shm ")));
  }

  @Test
  void an_init_and_devices_and_what_inspect_shows() {
    var make = new ArrayList<>(List.of("create", "--name", "shown", "--init"));
    make.addAll(List.of("--device", "/dev/null:/dev/nil:r", "--device-cgroup-rule", "c 42:* rmw"));
    make.addAll(List.of("--cap-add", "CAP_NET_ADMIN", "--label", "l=m"));
    make.addAll(List.of("--log-opt", "max-size=1m", busybox, "sh", "-c"));
    make.add("tr '\\0' ' ' </proc/1/cmdline; ls -l /dev/nil | cut -c1");
    daemon.docker(make.toArray(String[]::new)).ok();
    assertTrue(daemon.docker("start", "-a", "shown").ok().startsWith("/sbin/docker-init -- sh"));
    assertEquals(
        "[CAP_NET_ADMIN] map[max-size:1m] true [c 42:* rmw]",
        inspect(
            "shown",
            "{{.HostConfig.CapAdd}} {{.HostConfig.LogConfig.Config}}"
                + " {{.HostConfig.Init}} {{.HostConfig.DeviceCgroupRules}}"));
    assertTrue(inspect("shown", "{{.HostConfig.MaskedPaths}}").contains("/proc/kcore"));
    assertTrue(List.of("crun", "runc").contains(inspect("shown", "{{.HostConfig.Runtime}}")));
  }
}
