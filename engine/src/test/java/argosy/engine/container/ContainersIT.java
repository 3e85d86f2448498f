package argosy.engine.container;

import static argosy.engine.container.Harbour.get;
import static argosy.engine.container.Harbour.good;
import static argosy.engine.container.Harbour.until;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import argosy.engine.container.ContainerRequest.Changed.Change;
import argosy.engine.container.ContainerRequest.CreateExec;
import argosy.engine.container.ContainerRequest.ExecSpec;
import argosy.engine.container.ContainerRequest.Find;
import argosy.engine.container.ContainerRequest.InspectExec;
import argosy.engine.container.ContainerRequest.Remove;
import argosy.engine.container.ContainerRequest.Start;
import argosy.engine.container.ContainerRequest.Stop;
import argosy.engine.container.ContainerStreams.AttachQuery;
import argosy.engine.container.ContainerStreams.Attached;
import argosy.engine.container.ContainerStreams.ExecStart;
import argosy.engine.container.ContainerStreams.LogQuery;
import argosy.engine.container.ContainerStreams.Output;
import argosy.engine.container.ContainerStreams.WaitCondition;
import argosy.engine.disk.OverlayRoots;
import argosy.engine.runtime.ConmonRuntime;
import argosy.engine.runtime.RuntimeConfig;
import argosy.engine.spec.ContainerSpec;
import argosy.engine.spec.ContainerSpec.RestartPolicy;
import argosy.engine.spec.HealthSpec;
import argosy.engine.spec.Storage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real processes under the real runtime on real overlays; images and networks are stand-ins. */
class ContainersIT {
  @TempDir Path directory;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private ConmonRuntime runtime;
  private OverlayRoots roots;
  private Harbour harbour;

  @BeforeEach
  void open() throws IOException {
    roots = new OverlayRoots(directory);
    Path layer = roots.locations("any", List.of(Harbour.LAYER)).lower().getFirst();
    Path bin = Files.createDirectories(layer.resolve("bin"));
    Files.copy(Path.of("/bin/busybox"), bin.resolve("busybox"));
    for (String name : List.of("sh", "true", "cat", "echo", "sleep", "touch", "rm", "stty")) {
      Files.createSymbolicLink(bin.resolve(name), Path.of("busybox"));
    }
    for (String name : List.of("proc", "sys", "dev", "etc", "tmp")) {
      Files.createDirectories(layer.resolve(name));
    }
    start();
  }

  private void start() {
    runtime =
        (ConmonRuntime)
            ConmonRuntime.open(
                new RuntimeConfig(
                    directory.resolve("run"), "runc", threads, Duration.ofSeconds(5)));
    harbour = Harbour.real(directory, new Harbour.Drivers(runtime, roots, new OciBlueprints()));
  }

  /** The daemon is gone, its containers are not. */
  private void stop() {
    harbour.close();
    runtime.close();
  }

  @AfterEach
  void close() {
    harbour
        .good(new Find(true, 0, false, Map.of()))
        .containers()
        .forEach(container -> harbour.good(new Remove(container.id(), true, true)));
    until("nothing remains", () -> runtime.remains().isEmpty() && roots.remains().isEmpty());
    stop();
    threads.close();
  }

  private static ContainerSpec sh(String script) {
    return Specs.plain("sh", "-c", script);
  }

  private Attached attach(String name) {
    return good(
        get(harbour.streams.attach(name, new AttachQuery(true, true, true, true, false, null))));
  }

  private CompletionStage<String> text(Attached attached) {
    return attached
        .output()
        .map(Output::bytes)
        .runFold(ByteString.emptyByteString(), ByteString::concat, harbour.kit.system())
        .thenApply(ByteString::utf8String);
  }

  private String logs(String name) {
    var logs =
        good(get(harbour.streams.logs(name, new LogQuery(false, true, true, null, null, -1))));
    return get(
        logs.lines()
            .mapConcat(lines -> lines)
            .runFold("", (all, line) -> all + line.text().utf8String(), harbour.kit.system()));
  }

  private int run(String name) {
    var over = good(get(harbour.streams.await(name, WaitCondition.NEXT_EXIT)));
    harbour.good(new Start(name));
    return get(over).code();
  }

  @Test
  void output_code_and_log_of_a_run() {
    harbour.create("web", sh("echo out; echo err >&2; hostname; cat /etc/hostname; exit 3"));
    var out = text(attach("web"));
    assertEquals(3, run("web"));
    String host = harbour.inspect("web").spec().identity().hostname();
    String logged = logs("web");
    assertTrue(logged.contains("out\n") && logged.contains("err\n"), logged);
    assertTrue(logged.contains(host + "\n"), logged);
    assertEquals(logged.length(), get(out).length());
    assertEquals(3, run("web"));
    assertEquals(2 * logged.length(), logs("web").length());
  }

  @Test
  void input_goes_through_and_ends() {
    harbour.create(
        "cat",
        Specs.spec(
            Specs.process(Specs.INTERACTIVE, "cat"), Specs.STORAGE, RestartPolicy.NONE, true));
    Attached attached = attach("cat");
    var out = text(attached);
    harbour.good(new Start("cat"));
    var _ =
        Source.from(List.of(ByteString.fromString("hel"), ByteString.fromString("lo\n")))
            .runWith(attached.input(), harbour.kit.system());
    assertEquals("hello\n", get(out));
    until("removed", () -> harbour.actions().contains("destroy"));
  }

  @Test
  void much_output_for_a_slow_reader_is_all_there() {
    harbour.create("big", sh("i=0; while [ $i -lt 300 ]; do cat /bin/busybox; i=$((i+100)); done"));
    Attached attached = attach("big");
    harbour.good(new Start("big"));
    long bytes =
        get(
            attached
                .output()
                .map(output -> (long) output.bytes().length())
                .runFold(0L, Long::sum, harbour.kit.system()));
    assertEquals(3 * Path.of("/bin/busybox").toFile().length(), bytes);
  }

  @Test
  void a_missing_command_is_told_in_docker_s_words() {
    harbour.create("nope", Specs.plain("/nope"));
    var failure = harbour.bad(new Start("nope"));
    assertTrue(
        failure
            .message()
            .startsWith(
                "failed to create task for container: failed to create shim task: OCI runtime"
                    + " create failed: runc create failed: unable to start container process:"),
        failure.message());
    assertEquals(127, ((Lifecycle.Exited) harbour.inspect("nope").state()).ended().code());
    until("nothing is left", () -> runtime.remains().isEmpty());
  }

  @Test
  void execs() {
    harbour.run("web", sh("sleep 100"));
    var spec =
        new ExecSpec(
            List.of("sh", "-c", "echo in; exit 4"),
            List.of(),
            "",
            "",
            false,
            false,
            false,
            true,
            true,
            "");
    String exec = harbour.good(new CreateExec("web", spec)).id();
    var run = good(get(harbour.streams.startExec(exec, new ExecStart(false, false, 0, 0))));
    assertEquals("in\n", get(text(run)));
    until("ended", () -> Integer.valueOf(4).equals(harbour.good(new InspectExec(exec)).exitCode()));
    var missing =
        new ExecSpec(List.of("nope"), List.of(), "", "", false, false, false, true, true, "");
    String none = harbour.good(new CreateExec("web", missing)).id();
    var said = good(get(harbour.streams.startExec(none, new ExecStart(false, false, 0, 0))));
    String text = get(text(said));
    assertTrue(text.startsWith("OCI runtime exec failed: exec failed: "), text);
    assertTrue(text.contains("executable file not found in $PATH"), text);
  }

  @Test
  void one_that_does_not_heed_is_killed() {
    harbour.run("deaf", sh("trap '' TERM; echo deaf; while true; do sleep 1; done"));
    until("deaf", () -> logs("deaf").contains("deaf"));
    harbour.good(new Stop("deaf", null, 1));
    assertEquals(137, ((Lifecycle.Exited) harbour.inspect("deaf").state()).ended().code());
  }

  @Test
  void a_running_one_outlives_the_daemon() {
    String id =
        harbour.run("web", sh("trap 'echo bye; exit 9' TERM; while true; do sleep 0.1; done"));
    harbour.run("ends", sh("while [ ! -e /tmp/end ]; do sleep 0.05; done; exit 6"));
    Path tmp = Path.of(harbour.inspect("ends").paths().merged()).resolve("tmp/end");
    stop();
    try {
      Files.createFile(tmp);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    start();
    var found = assertInstanceOf(Lifecycle.Running.class, harbour.inspect("web").state());
    assertTrue(ProcessHandle.of(found.pid()).isPresent());
    assertTrue(harbour.adopted.contains(id));
    until("ended", () -> harbour.inspect("ends").state() instanceof Lifecycle.Exited);
    assertEquals(6, ((Lifecycle.Exited) harbour.inspect("ends").state()).ended().code());
    var out = text(attach("web"));
    harbour.good(new Stop("web", null, null));
    assertEquals(9, ((Lifecycle.Exited) harbour.inspect("web").state()).ended().code());
    assertEquals("bye\n", get(out));
    assertEquals("bye\n", logs("web"));
  }

  @Test
  void figures_processes_and_changes() throws IOException {
    Path shared = Files.createDirectories(directory.resolve("shared"));
    var storage =
        new Storage(
            List.of(shared + ":/shared"), List.of(), Map.of(), List.of(), Set.of(), "", Map.of());
    harbour.run(
        "web",
        Specs.spec(
            Specs.process(
                Specs.PLAIN, "sh", "-c", "touch /shared/a /tmp/b; rm /bin/stty; sleep 99"),
            storage,
            RestartPolicy.NONE,
            false));
    until("bound", () -> Files.exists(shared.resolve("a")));
    var samples = good(get(harbour.streams.stats("web", false, false)));
    var sample = get(samples.runWith(Sink.head(), harbour.kit.system()));
    assertNotNull(sample.before());
    assertTrue(Objects.requireNonNull(sample.usage()).memory() > 0);
    var processes = harbour.good(new ContainerRequest.Top("web", ""));
    assertEquals("CMD", processes.titles().getLast());
    assertTrue(
        processes.rows().stream().anyMatch(row -> row.getLast().contains("sleep 99")),
        processes.toString());
    until(
        "changed",
        () ->
            harbour
                .good(new ContainerRequest.Changes("web"))
                .changes()
                .containsAll(
                    List.of(
                        new Change("/bin", 0),
                        new Change("/bin/stty", 2),
                        new Change("/tmp", 0),
                        new Change("/tmp/b", 1))));
  }

  @Test
  void health_is_probed() {
    var plain = sh("sleep 100");
    harbour.run(
        "web",
        new ContainerSpec(
            plain.image(),
            plain.process(),
            plain.identity(),
            plain.isolation(),
            plain.security(),
            plain.resources(),
            plain.storage(),
            plain.network(),
            plain.log(),
            plain.restart(),
            new HealthSpec(
                List.of("CMD-SHELL", "echo fine"),
                Duration.ofMillis(200),
                Duration.ofSeconds(5),
                1,
                Duration.ZERO,
                Duration.ZERO),
            false,
            null,
            null));
    until(
        "healthy",
        () -> {
          var health = harbour.inspect("web").health();
          return health != null
              && health.status().equals("healthy")
              && health.log().getFirst().output().equals("fine\n");
        });
  }
}
