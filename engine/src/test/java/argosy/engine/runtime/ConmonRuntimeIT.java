package argosy.engine.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import argosy.engine.failure.Failure;
import argosy.engine.failure.Refused;
import argosy.engine.runtime.ContainerRuntime.ExecPlan;
import argosy.engine.runtime.ContainerRuntime.Exit;
import argosy.engine.runtime.ContainerRuntime.Observed;
import argosy.engine.spec.Resources;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real containers; needs root, conmon, the runtimes and busybox-static. */
abstract class ConmonRuntimeIT {
  private final String wanted;
  private final String id = TestBox.id();
  private TestBox box;

  ConmonRuntimeIT(String wanted) {
    this.wanted = wanted;
  }

  @BeforeEach
  void open(@TempDir Path root) throws Exception {
    box = new TestBox(root, wanted);
  }

  @AfterEach
  void nothing_is_left() throws Exception {
    box.runtime.delete(id);
    box.assertNothingLeft();
    TestBox.assertNoCgroup(id);
    box.close();
  }

  @Test
  void a_command_runs_and_its_code_and_output_are_kept() throws Exception {
    int pid = box.create(id, "sh", "-c", "echo out; echo err >&2; exit 7");
    var heard = new Heard();
    box.runtime.attach(id, heard);
    CompletableFuture<Exit> exit = box.exit(id, pid);
    box.runtime.start(id);
    assertEquals(new Exit(7, false), timeless(TestBox.soon(exit)));
    assertEquals("out\n", heard.out());
    assertEquals("err\n", heard.err());
    TestBox.soon(heard.end);
    String log = Files.readString(box.log(id));
    assertTrue(log.contains(" stdout F out\n") && log.contains(" stderr F err\n"), log);
  }

  @Test
  void a_missing_program_is_refused_in_dockers_words() {
    var refused = assertThrows(Refused.class, () -> box.create(id, "/nope"));
    assertInstanceOf(Failure.Invalid.class, refused.failure());
    assertEquals(
        "runc create failed: unable to start container process: exec: \"/nope\": stat /nope: no"
            + " such file or directory",
        refused.failure().message());
    assertEquals(127, RuntimeSentence.exitCode(refused.failure().message()));
  }

  @Test
  void a_signal_ends_it_with_128_more() throws Exception {
    int pid = box.create(id, "sleep", "100");
    CompletableFuture<Exit> exit = box.exit(id, pid);
    box.runtime.start(id);
    box.runtime.signal(id, 9, false);
    assertEquals(137, TestBox.soon(exit).code());
    assertThrows(Refused.class, () -> box.runtime.signal(id, 9, false));
  }

  @Test
  void the_clients_end_of_input_is_the_containers() throws Exception {
    int pid = box.create(id, TestBox.spec(TestBox.stdio(false, true, true), Resources.NONE, "cat"));
    var heard = new Heard();
    Console console = box.runtime.attach(id, heard);
    CompletableFuture<Exit> exit = box.exit(id, pid);
    box.runtime.start(id);
    byte[] input = "ahoy\n".repeat(20_000).getBytes(StandardCharsets.UTF_8);
    console.write(input, 0, input.length);
    console.endInput();
    assertEquals(0, TestBox.soon(exit).code());
    assertEquals(input.length, heard.size());
  }

  @Test
  void open_stdin_outlives_the_first_client() throws Exception {
    int pid =
        box.create(
            id,
            TestBox.spec(
                TestBox.stdio(false, true, false), Resources.NONE, "sh", "-c", "read a; read b;"));
    CompletableFuture<Exit> exit = box.exit(id, pid);
    box.runtime.start(id);
    for (String line : new String[] {"one\n", "two\n"}) {
      Console console = box.runtime.attach(id, new Heard());
      console.write(line.getBytes(StandardCharsets.UTF_8), 0, line.length());
      console.endInput();
      console.close();
    }
    assertEquals(0, TestBox.soon(exit).code());
  }

  @Test
  void a_terminal_has_the_size_it_is_given() throws Exception {
    int pid =
        box.create(
            id,
            // conmon takes sizes and input by two ways: which comes first is not told
            TestBox.spec(
                TestBox.stdio(true, true, true),
                Resources.NONE,
                "sh",
                "-c",
                "until stty size | grep -q '33 99'; do read -t 1 a; done; stty size"));
    var heard = new Heard();
    Console console = box.runtime.attach(id, heard);
    CompletableFuture<Exit> exit = box.exit(id, pid);
    box.runtime.start(id);
    box.runtime.resize(id, 33, 99);
    assertEquals(0, TestBox.soon(exit).code());
    assertTrue(heard.out().contains("33 99"), heard.out());
  }

  @Test
  void a_further_process_runs_beside_the_first() throws Exception {
    var spec = TestBox.spec(TestBox.stdio(false, false, false), Resources.NONE, "sleep", "100");
    int pid = box.create(id, spec);
    CompletableFuture<Exit> containerExit = box.exit(id, pid);
    box.runtime.start(id);
    var heard = new Heard();
    var exec =
        box.runtime.exec(
            new ExecPlan(
                id,
                TestBox.id(),
                box.process(spec, false, "sh", "-c", "cat; echo late >&2; exit 3"),
                false,
                true,
                0,
                0,
                ""),
            heard);
    var exit = new CompletableFuture<Exit>();
    exec.onExit(exit::complete);
    Console console = exec.console();
    assertNotNull(console);
    console.write("hi\n".getBytes(StandardCharsets.UTF_8), 0, 3);
    console.endInput();
    assertEquals(3, TestBox.soon(exit).code());
    assertEquals("hi\n", heard.out());
    assertEquals("late\n", heard.err());
    assertTrue(!containerExit.isDone());
    var refused =
        assertThrows(
            Refused.class,
            () ->
                box.runtime.exec(
                    new ExecPlan(
                        id, TestBox.id(), box.process(spec, false, "nope"), false, false, 0, 0, ""),
                    new Heard()));
    assertEquals(
        "exec failed: unable to start container process: exec: \"nope\": executable file not found"
            + " in $PATH",
        refused.failure().message());
    var detached = new CompletableFuture<Exit>();
    box.runtime
        .exec(
            new ExecPlan(
                id,
                TestBox.id(),
                box.process(spec, false, "sh", "-c", "exit 4"),
                false,
                false,
                0,
                0,
                ""),
            null)
        .onExit(detached::complete);
    assertEquals(4, TestBox.soon(detached).code());
  }

  @Test
  void a_paused_container_stands_still() throws Exception {
    int pid = box.create(id, "sleep", "100");
    box.runtime.start(id);
    box.runtime.pause(id);
    assertEquals(new Observed.Running(pid, true, true), box.runtime.observe(id));
    box.runtime.resume(id);
    assertEquals(new Observed.Running(pid, false, true), box.runtime.observe(id));
    box.runtime.pause(id);
    box.runtime.delete(id);
    assertEquals(new Observed.Absent(), box.runtime.observe(id));
  }

  @Test
  void another_daemon_finds_what_this_one_left() throws Exception {
    int pid = box.create(id, "sh", "-c", "read a; echo found; exit 5");
    assertEquals(new Observed.HalfMade(), box.runtime.observe(id));
    box.runtime.delete(id);
    pid =
        box.create(
            id,
            TestBox.spec(
                TestBox.stdio(false, true, true),
                Resources.NONE,
                "sh",
                "-c",
                "read a; echo found; exit 5"));
    box.runtime.start(id);
    box.reopen();
    assertEquals(new Observed.Running(pid, false, true), box.runtime.observe(id));
    var heard = new Heard();
    Console console = box.runtime.attach(id, heard);
    CompletableFuture<Exit> exit = box.exit(id, pid);
    console.write("\n".getBytes(StandardCharsets.UTF_8), 0, 1);
    assertEquals(5, TestBox.soon(exit).code());
    assertEquals("found\n", heard.out());
    box.reopen();
    var ended = assertInstanceOf(Observed.Ended.class, box.runtime.observe(id));
    assertEquals(new Exit(5, false), timeless(ended.exit()));
  }

  @Test
  void a_dead_monitor_leaves_a_container_whose_code_nobody_knows() throws Exception {
    int pid = box.create(id, "sleep", "100");
    CompletableFuture<Exit> exit = box.exit(id, pid);
    box.runtime.start(id);
    String conmon = Files.readString(box.root.resolve("run/bundles/" + id + "/conmon.pid"));
    ProcessHandle.of(Long.parseLong(conmon.strip())).orElseThrow().destroyForcibly();
    TestBox.await(
        "monitor gone",
        () -> box.runtime.observe(id).equals(new Observed.Running(pid, false, false)));
    assertTrue(!exit.isDone());
    box.runtime.signal(id, 9, false);
    assertEquals(Exit.UNKNOWN, TestBox.soon(exit));
  }

  @Test
  void a_client_that_does_not_read_holds_the_container_up_for_a_while_only() throws Exception {
    int pid = box.create(id, "sh", "-c", "head -c 8000000 /dev/zero");
    var lazy = new Heard();
    lazy.reading = false;
    box.runtime.attach(id, lazy);
    CompletableFuture<Exit> exit = box.exit(id, pid);
    box.runtime.start(id);
    TestBox.soon(lazy.end);
    assertEquals(0, TestBox.soon(exit).code());
  }

  @Test
  void a_client_that_pauses_gets_everything() throws Exception {
    int pid = box.create(id, "sh", "-c", "head -c 4000000 /dev/zero");
    var slow = new Heard();
    slow.reading = false;
    Console console = box.runtime.attach(id, slow);
    CompletableFuture<Exit> exit = box.exit(id, pid);
    box.runtime.start(id);
    TestBox.await("first output", () -> slow.size() > 0);
    slow.reading = true;
    console.resume();
    assertEquals(0, TestBox.soon(exit).code());
    assertEquals(4_000_000, slow.size());
  }

  @Test
  void the_default_seccomp_profile_holds() throws Exception {
    int pid =
        box.create(
            id, "sh", "-c", "grep Seccomp: /proc/self/status; unshare -U true && echo escaped");
    var heard = new Heard();
    box.runtime.attach(id, heard);
    CompletableFuture<Exit> exit = box.exit(id, pid);
    box.runtime.start(id);
    assertTrue(TestBox.soon(exit).code() != 0);
    assertEquals("Seccomp:\t2\n", heard.out());
    assertTrue(heard.err().contains("Operation not permitted"), heard.err());
  }

  @Test
  void too_much_memory_ends_it_and_is_told() throws Exception {
    var command = "head -c 90000000 /dev/zero | tail -c 80000000 > /dev/null";
    int pid =
        box.create(
            id,
            TestBox.spec(
                TestBox.stdio(false, false, false), TestBox.memory(24 << 20), "sh", "-c", command));
    CompletableFuture<Exit> exit = box.exit(id, pid);
    box.runtime.start(id);
    assertEquals(new Exit(137, true), timeless(TestBox.soon(exit)));
  }

  @Test
  void limits_can_be_changed_and_are_seen_in_the_usage() throws Exception {
    int pid =
        box.create(
            id,
            TestBox.spec(
                TestBox.stdio(false, false, false), TestBox.memory(32 << 20), "sleep", "100"));
    box.runtime.start(id);
    var cgroup = argosy.engine.cgroup.Cgroup.of(pid).orElseThrow();
    assertEquals(32L << 20, cgroup.usage().memoryLimit());
    assertEquals(50L, cgroup.usage().pidsLimit());
    box.runtime.update(id, TestBox.memory(32 << 20), TestBox.memory(48 << 20));
    var usage = cgroup.usage();
    assertEquals(48L << 20, usage.memoryLimit());
    assertEquals(1, usage.pids());
    assertTrue(usage.memory() > 0 && usage.cpuTotal() > 0, usage.toString());
  }

  @Test
  void a_second_client_that_leaves_takes_nothing_from_the_first() throws Exception {
    int pid = box.create(id, TestBox.spec(TestBox.stdio(false, true, true), Resources.NONE, "cat"));
    var heard = new Heard();
    Console first = box.runtime.attach(id, heard);
    CompletableFuture<Exit> exit = box.exit(id, pid);
    box.runtime.start(id);
    var other = new Heard();
    Console second = box.runtime.attach(id, other);
    first.write("one\n".getBytes(StandardCharsets.UTF_8), 0, 4);
    TestBox.await("both hear", () -> heard.size() == 4 && other.size() == 4);
    second.close();
    Console third = box.runtime.attach(id, new Heard());
    third.close();
    first.write("two\n".getBytes(StandardCharsets.UTF_8), 0, 4);
    TestBox.await("the first goes on", () -> heard.size() == 8 || exit.isDone());
    assertEquals("one\ntwo\n", heard.out());
    first.endInput();
    assertEquals(0, TestBox.soon(exit).code());
  }

  @Test
  void a_terminal_of_a_further_process_has_its_size() throws Exception {
    var spec = TestBox.spec(TestBox.stdio(false, false, false), Resources.NONE, "sleep", "100");
    box.create(id, spec);
    box.runtime.start(id);
    var heard = new Heard();
    var exit = new CompletableFuture<Exit>();
    var exec =
        box.runtime.exec(
            new ExecPlan(
                id,
                TestBox.id(),
                box.process(spec, true, "sh", "-c", "read a; stty size"),
                true,
                true,
                22,
                77,
                ""),
            heard);
    exec.onExit(exit::complete);
    Console console = exec.console();
    assertNotNull(console);
    console.write("\n".getBytes(StandardCharsets.UTF_8), 0, 1);
    assertEquals(0, TestBox.soon(exit).code());
    assertTrue(heard.out().contains("22 77"), heard.out());
    var quick = new CompletableFuture<Exit>();
    box.runtime
        .exec(
            new ExecPlan(
                id, TestBox.id(), box.process(spec, true, "true"), true, false, 22, 77, ""),
            new Heard())
        .onExit(quick::complete);
    assertEquals(0, TestBox.soon(quick).code());
  }

  /** Without the instant. */
  private static Exit timeless(Exit exit) {
    return new Exit(exit.code(), exit.oomKilled());
  }
}
