package argosy.engine.container;

import static argosy.engine.container.Harbour.get;
import static argosy.engine.container.Harbour.good;
import static argosy.engine.container.Harbour.until;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import argosy.engine.container.ContainerRequest.CreateExec;
import argosy.engine.container.ContainerRequest.ExecSpec;
import argosy.engine.container.ContainerRequest.InspectExec;
import argosy.engine.container.ContainerRequest.Start;
import argosy.engine.container.ContainerRequest.Stop;
import argosy.engine.container.ContainerStreams.AttachQuery;
import argosy.engine.container.ContainerStreams.Attached;
import argosy.engine.container.ContainerStreams.ExecStart;
import argosy.engine.container.ContainerStreams.LogQuery;
import argosy.engine.container.ContainerStreams.Output;
import argosy.engine.container.ContainerStreams.WaitCondition;
import argosy.engine.failure.Failure;
import argosy.engine.failure.Outcome;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StreamsTest {
  @TempDir Path directory;
  private Harbour harbour;

  @BeforeEach
  void open() {
    harbour = new Harbour(directory);
  }

  @AfterEach
  void close() {
    harbour.close();
  }

  private Attached attach(String reference) {
    return good(
        get(
            harbour.streams.attach(
                reference, new AttachQuery(true, true, true, true, false, null))));
  }

  private CompletionStage<String> text(Attached attached) {
    return attached
        .output()
        .map(Output::bytes)
        .runFold(ByteString.emptyByteString(), ByteString::concat, harbour.kit.system())
        .thenApply(ByteString::utf8String);
  }

  @Test
  void attached_before_start_misses_nothing() {
    harbour.runtime.printsAtOnce = "first";
    harbour.runtime.endsAtOnce = 0;
    harbour.create("web", Specs.plain("sh"));
    var one = text(attach("web"));
    var two = text(attach("web"));
    harbour.good(new Start("web"));
    assertEquals("first\n", get(one));
    assertEquals("first\n", get(two));
    harbour.saw(List.of("create", "attach", "attach", "start", "die"));
  }

  @Test
  void input_reaches_the_process_and_its_end_too() {
    String id = harbour.create("web", Specs.with(Specs.INTERACTIVE));
    Attached attached = attach("web");
    var out = text(attached);
    var _ =
        Source.from(List.of(ByteString.fromString("hel"), ByteString.fromString("lo")))
            .runWith(attached.input(), harbour.kit.system());
    harbour.good(new Start("web"));
    var console = harbour.runtime.consoles(id).getFirst();
    until("input came", () -> console.input.toString().equals("hello") && console.inputEnded);
    harbour.runtime.print(id, "bye");
    harbour.runtime.exit(id, 0);
    assertEquals("bye\n", get(out));
  }

  @Test
  void detach_keys_leave_it_running() {
    String id = harbour.run("web", Specs.with(Specs.TERMINAL));
    Attached attached = attach("web");
    var out = text(attached);
    var _ =
        Source.single(ByteString.fromArray(new byte[] {'a', 16, 17, 'b'}))
            .runWith(attached.input(), harbour.kit.system());
    assertEquals("", get(out));
    until("told", () -> harbour.actions().contains("detach"));
    assertTrue(harbour.runtime.isRunning(id));
  }

  @Test
  void a_slow_client_slows_the_process_and_keeps_nothing_from_others() {
    String id = harbour.run("web", Specs.plain("sh"));
    Attached slow = attach("web");
    String line = "x".repeat(700_000);
    harbour.runtime.print(id, line);
    assertFalse(harbour.runtime.consoles(id).getFirst().stalled);
    harbour.runtime.print(id, line);
    assertTrue(harbour.runtime.consoles(id).getFirst().stalled);
    var quick = text(attach("web"));
    harbour.runtime.print(id, "more");
    harbour.runtime.exit(id, 0);
    assertEquals("more\n", get(quick));
    assertTrue(get(text(slow)).length() > 2 * line.length(), "it has all too, when it reads");
  }

  @Test
  void the_stalled_one_goes_on_when_it_is_read() {
    String id = harbour.run("web", Specs.plain("sh"));
    Attached slow = attach("web");
    String line = "x".repeat(1_100_000);
    harbour.runtime.print(id, line);
    var console = harbour.runtime.consoles(id).getFirst();
    assertTrue(console.stalled);
    var text = text(slow);
    until("resumed", () -> !console.stalled);
    harbour.runtime.exit(id, 0);
    assertEquals(line.length() + 1, get(text).length());
  }

  @Test
  void logs_right_after_the_end_hold_all() {
    harbour.runtime.printsAtOnce = "hello";
    harbour.runtime.endsAtOnce = 0;
    harbour.create("web", Specs.plain("sh"));
    var over = good(get(harbour.streams.await("web", WaitCondition.NEXT_EXIT)));
    harbour.good(new Start("web"));
    get(over);
    assertEquals("hello\n", get(logs(true)));
  }

  private CompletionStage<String> logs(boolean follow) {
    var logs =
        good(get(harbour.streams.logs("web", new LogQuery(follow, true, true, null, null, -1))));
    return logs.lines()
        .mapConcat(lines -> lines)
        .runFold("", (all, line) -> all + line.text().utf8String(), harbour.kit.system());
  }

  @Test
  void following_goes_on_through_a_restart_and_ends_at_rest() {
    String id = harbour.run("web", Specs.plain("sh"));
    var followed = logs(true);
    harbour.runtime.print(id, "one");
    harbour.good(new ContainerRequest.Restart("web", null, null));
    harbour.runtime.print(id, "two");
    harbour.good(new Stop("web", null, null));
    assertEquals("one\ntwo\n", get(followed));
  }

  private static final ExecSpec EXEC =
      new ExecSpec(List.of("ls", "-l"), List.of(), "", "", false, false, false, true, true, "");

  @Test
  void exec_runs_and_ends() {
    String id = harbour.run("web", Specs.plain("sh"));
    String exec = harbour.good(new CreateExec("web", EXEC)).id();
    Attached attached =
        good(get(harbour.streams.startExec(exec, new ExecStart(false, false, 0, 0))));
    var out = text(attached);
    until("it runs", () -> harbour.good(new InspectExec(exec)).pid() == 4242);
    assertEquals(List.of(exec), harbour.inspect("web").execs());
    var process = harbour.runtime.execs.getFirst();
    process.print("listing\n");
    process.exit(2);
    assertEquals("listing\n", get(out));
    until("ended", () -> Integer.valueOf(2).equals(exitCode(exec)));
    var again = get(harbour.streams.startExec(exec, new ExecStart(false, false, 0, 0)));
    assertInstanceOf(Outcome.Failed.class, again);
    harbour.saw(List.of("create", "start", "exec_create: ls -l", "exec_start: ls -l", "exec_die"));
    harbour.runtime.exit(id, 0);
    until("over", () -> harbour.inspect("web").state() instanceof Lifecycle.Exited);
    assertEquals(
        new Failure.Conflict("Container " + id + " is not running"),
        harbour.bad(new CreateExec("web", EXEC)));
  }

  private @Nullable Integer exitCode(String exec) {
    return harbour.good(new InspectExec(exec)).exitCode();
  }

  @Test
  void an_exec_is_answered_before_it_runs_and_its_input_waits() {
    harbour.run("web", Specs.plain("sh"));
    harbour.runtime.execGate = new CompletableFuture<>();
    var cat = new ExecSpec(List.of("cat"), List.of(), "", "", false, false, true, true, true, "");
    String exec = harbour.good(new CreateExec("web", cat)).id();
    Attached attached =
        good(get(harbour.streams.startExec(exec, new ExecStart(false, false, 0, 0))));
    var answered = harbour.good(new InspectExec(exec));
    assertTrue(answered.running() && answered.pid() == 0);
    var _ =
        Source.single(ByteString.fromString("early\n"))
            .runWith(attached.input(), harbour.kit.system());
    var out = text(attached);
    harbour.runtime.execGate.complete(null);
    until("it runs", () -> harbour.good(new InspectExec(exec)).pid() == 4242);
    var process = harbour.runtime.execs.getFirst();
    var console = Objects.requireNonNull(process.console);
    until("told", () -> console.input.toString().equals("early\n") && console.inputEnded);
    process.print("early\n");
    process.exit(0);
    assertEquals("early\n", get(out));
  }

  @Test
  void an_exec_that_can_not_run_says_why_in_its_stream() {
    harbour.run("web", Specs.plain("sh"));
    harbour.runtime.execFails =
        "exec failed: unable to start container process: exec: \"nope\": executable file not"
            + " found in $PATH";
    String exec = harbour.good(new CreateExec("web", EXEC)).id();
    Attached attached =
        good(get(harbour.streams.startExec(exec, new ExecStart(false, false, 0, 0))));
    assertEquals(
        "OCI runtime exec failed: exec failed: unable to start container process: exec: \"nope\":"
            + " executable file not found in $PATH: unknown\r\n",
        get(text(attached)));
    assertEquals(126, exitCode(exec));
  }

  @Test
  void waits_stand_before_they_are_over() {
    String id = harbour.create("web", Specs.plain("sh"));
    assertEquals(0, get(good(get(harbour.streams.await("web", WaitCondition.NOT_RUNNING)))).code());
    var next = good(get(harbour.streams.await("web", WaitCondition.NEXT_EXIT)));
    var removed = good(get(harbour.streams.await("web", WaitCondition.REMOVED)));
    harbour.good(new Start("web"));
    harbour.runtime.exit(id, 7);
    assertEquals(7, get(next).code());
    assertFalse(removed.toCompletableFuture().isDone());
    until("over", () -> harbour.inspect("web").state() instanceof Lifecycle.Exited);
    harbour.good(new ContainerRequest.Remove("web", false, false));
    assertEquals(7, get(removed).code());
  }

  @Test
  void a_container_that_rests_has_one_idle_sample() {
    harbour.create("web", Specs.plain("sh"));
    var stats = good(get(harbour.streams.stats("web", false, false)));
    var sample = get(stats.runWith(Sink.head(), harbour.kit.system()));
    assertEquals(null, sample.usage());
    assertEquals("web", sample.name());
  }
}
