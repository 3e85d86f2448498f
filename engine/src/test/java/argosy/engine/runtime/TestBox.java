package argosy.engine.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import argosy.engine.cgroup.Cgroup;
import argosy.engine.oci.ExecInput;
import argosy.engine.oci.HostFacts;
import argosy.engine.oci.MountPoint;
import argosy.engine.oci.Namespaces;
import argosy.engine.oci.OciInput;
import argosy.engine.oci.OciTranslation;
import argosy.engine.oci.ProcessTranslation;
import argosy.engine.oci.UserIds;
import argosy.engine.runtime.ContainerRuntime.Bundle;
import argosy.engine.runtime.ContainerRuntime.Exit;
import argosy.engine.spec.ContainerSpec;
import argosy.engine.spec.ContainerSpec.Identity;
import argosy.engine.spec.ContainerSpec.Isolation;
import argosy.engine.spec.ContainerSpec.LogSpec;
import argosy.engine.spec.ContainerSpec.RestartPolicy;
import argosy.engine.spec.NetworkSpec;
import argosy.engine.spec.ProcessSpec;
import argosy.engine.spec.ProcessSpec.Stdio;
import argosy.engine.spec.Resources;
import argosy.engine.spec.Security;
import argosy.engine.spec.Storage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** A place to run real containers in, with a root file system made of busybox; clears up. */
final class TestBox implements AutoCloseable {
  static final Duration PATIENCE = Duration.ofSeconds(30);

  final Path root;
  final Path rootfs;
  final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private final String wanted;
  ConmonRuntime runtime;

  TestBox(Path root, String wanted) throws IOException {
    this.root = root;
    this.wanted = wanted;
    rootfs = root.resolve("rootfs");
    if (!Files.exists(rootfs)) {
      fill();
    }
    runtime = open();
  }

  private void fill() throws IOException {
    Path bin = Files.createDirectories(rootfs.resolve("bin"));
    Files.copy(Path.of("/bin/busybox"), bin.resolve("busybox"));
    for (String name :
        List.of(
            "sh", "true", "cat", "echo", "sleep", "stty", "id", "env", "head", "tail", "grep",
            "unshare", "tr")) {
      Files.createSymbolicLink(bin.resolve(name), Path.of("busybox"));
    }
    for (String name : List.of("proc", "sys", "dev", "etc", "tmp")) {
      Files.createDirectories(rootfs.resolve(name));
    }
  }

  private ConmonRuntime open() {
    return (ConmonRuntime)
        ConmonRuntime.open(
            new RuntimeConfig(root.resolve("run"), wanted, executor, Duration.ofSeconds(2)));
  }

  /** What a daemon that was killed and started again has. */
  void reopen() {
    runtime.close();
    runtime = open();
  }

  static String id() {
    return UUID.randomUUID().toString().replace("-", "") + "0123456789abcdef0123456789abcdef";
  }

  static ContainerSpec spec(Stdio stdio, Resources resources, String... command) {
    return new ContainerSpec(
        "busybox",
        new ProcessSpec(
            null,
            List.of(command),
            List.of(),
            "",
            List.of(),
            "",
            stdio,
            null,
            null,
            List.of(24, 80)),
        new Identity("box", "", Map.of(), Map.of()),
        new Isolation("", "", "", "", "", false),
        new Security(false, false, List.of(), List.of(), List.of(), null, null, Map.of()),
        resources,
        new Storage(List.of(), List.of(), Map.of(), List.of(), Set.of(), "", Map.of()),
        new NetworkSpec(
            "none", Map.of(), Set.of(), Map.of(), false, NetworkSpec.Names.NONE, "", false),
        new LogSpec("json-file", Map.of()),
        RestartPolicy.NONE,
        null,
        false,
        null,
        null);
  }

  static Stdio stdio(boolean tty, boolean open, boolean once) {
    return new Stdio(tty, open, once, open, true, true);
  }

  static Resources memory(long limit) {
    return new Resources(
        new Resources.Memory(limit, 0, limit, null, 0),
        Resources.NONE.cpu(),
        Resources.NONE.blockIo(),
        50L,
        List.of(),
        List.of(),
        List.of(),
        "",
        0,
        null);
  }

  byte[] config(String id, ContainerSpec spec, MountPoint... mounts) {
    HostFacts host = HostProbe.facts();
    Namespaces namespaces =
        Namespaces.of(spec.isolation(), "/proc/self/ns/net", host.cgroupVersion(), _ -> 0);
    var own =
        new Namespaces(
            new Namespaces.Namespace.Own(),
            namespaces.ipc(),
            namespaces.pid(),
            namespaces.uts(),
            namespaces.cgroup());
    return OciTranslation.config(
            new OciInput(
                id,
                spec,
                rootfs.toString(),
                "box",
                UserIds.ROOT,
                List.of(mounts),
                List.of(),
                own,
                host))
        .json();
  }

  /** Creates a container; its log is at {@link #log}. */
  int create(String id, ContainerSpec spec) {
    Stdio stdio = spec.process().stdio();
    return runtime.create(
        new Bundle(
            id,
            config(id, spec),
            log(id),
            stdio.tty(),
            stdio.openStdin(),
            stdio.stdinOnce(),
            null));
  }

  int create(String id, String... command) {
    return create(id, spec(stdio(false, false, false), Resources.NONE, command));
  }

  byte[] process(ContainerSpec spec, boolean tty, String... command) {
    return ProcessTranslation.exec(
        new ExecInput(
            spec,
            "box",
            List.of(command),
            List.of(),
            UserIds.ROOT,
            "",
            tty,
            false,
            HostProbe.facts()));
  }

  Path log(String id) {
    return root.resolve(id + ".log");
  }

  CompletableFuture<Exit> exit(String id, int pid) {
    var exit = new CompletableFuture<Exit>();
    runtime.onExit(id, pid, exit::complete);
    return exit;
  }

  static <T> T soon(CompletableFuture<T> future) throws Exception {
    return future.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  static void await(String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() - deadline < 0, "not within " + PATIENCE + ": " + what);
      Thread.onSpinWait();
      java.util.concurrent.locks.LockSupport.parkNanos(2_000_000);
    }
  }

  /** No process, mount, cgroup or file of these containers is left. */
  void assertNothingLeft() throws IOException {
    assertEquals(List.of(), runtime.remains());
    await("no process of ours", () -> processes().isEmpty());
    String mounts = Files.readString(Path.of("/proc/self/mountinfo"));
    assertTrue(!mounts.contains(root.toString()), mounts);
    try (Stream<Path> exits = Files.list(root.resolve("run/exits"))) {
      assertEquals(List.of(), exits.toList());
    }
  }

  static void assertNoCgroup(String id) {
    for (String controller : List.of("", "memory", "pids", "freezer", "cpu", "devices")) {
      Path path = Cgroup.ROOT.resolve(controller).resolve("argosy").resolve(id);
      assertTrue(!Files.exists(path), path.toString());
    }
  }

  private List<String> processes() {
    return ProcessHandle.allProcesses()
        .map(process -> process.info().commandLine().orElse(""))
        .filter(line -> line.contains(root.toString()))
        .toList();
  }

  @Override
  public void close() {
    runtime.remains().forEach(runtime::delete);
    runtime.close();
    executor.close();
  }
}
