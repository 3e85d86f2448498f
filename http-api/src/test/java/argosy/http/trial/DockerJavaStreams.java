package argosy.http.trial;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.Event;
import com.github.dockerjava.api.model.EventType;
import com.github.dockerjava.api.model.Statistics;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** docker-java's streams: attach, logs, exec, stats, events. */
class DockerJavaStreams extends DockerJavaTrial {
  private static InputStream text(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void attach_feeds_stdin_and_hears_both_streams() throws Exception {
    String id =
        create(
            shell("echo to-err >&2; head -n 2 | wc -l")
                .withStdinOpen(true)
                .withStdInOnce(true)
                .withAttachStdin(true));
    var heard =
        docker
            .attachContainerCmd(id)
            .withStdIn(text("one\ntwo\n"))
            .withStdOut(true)
            .withStdErr(true)
            .withFollowStream(true)
            .exec(new Heard());
    heard.awaitStarted(10, TimeUnit.SECONDS);
    docker.startContainerCmd(id).exec();
    assertEquals("2", heard.whole().out().strip());
    assertEquals("to-err\n", heard.err());
    assertEquals(0, exitCode(id));
  }

  @Test
  void logs_are_followed_cut_and_stamped() throws Exception {
    String id =
        started(shell("for i in 1 2 3; do echo line$i; done; echo bad >&2; sleep 1; echo late"));
    var followed =
        docker
            .logContainerCmd(id)
            .withStdOut(true)
            .withStdErr(true)
            .withFollowStream(true)
            .withTailAll()
            .exec(new Heard());
    assertEquals("line1\nline2\nline3\nlate\n", followed.whole().out());
    assertEquals("bad\n", followed.err());
    var tail = docker.logContainerCmd(id).withStdOut(true).withTail(1).exec(new Heard()).whole();
    assertEquals("late\n", tail.out());
    var stamped =
        docker.logContainerCmd(id).withStdErr(true).withTimestamps(true).exec(new Heard()).whole();
    assertTrue(stamped.err().matches("20..-..-..T..:..:[0-9.]+Z bad\n"), stamped.err());
    var none =
        docker.logContainerCmd(id).withStdOut(true).withSince(2_000_000_000).exec(new Heard());
    assertEquals("", none.whole().out());
  }

  @Test
  void exec_gives_streams_input_environment_and_exit_code() throws Exception {
    String id = started(shell("sleep 1000"));
    String exec =
        docker
            .execCreateCmd(id)
            .withCmd("sh", "-c", "echo $A; echo err >&2; pwd; exit 5")
            .withEnv(List.of("A=b"))
            .withWorkingDir("/tmp")
            .withAttachStdout(true)
            .withAttachStderr(true)
            .exec()
            .getId();
    var heard = docker.execStartCmd(exec).exec(new Heard()).whole();
    assertEquals("b\n/tmp\n", heard.out());
    assertEquals("err\n", heard.err());
    var inspect = docker.inspectExecCmd(exec).exec();
    assertEquals(5, inspect.getExitCodeLong());
    assertFalse(inspect.isRunning());
    assertEquals(id, inspect.getContainerID());
    assertEquals(
        List.of("-c", "echo $A; echo err >&2; pwd; exit 5"),
        inspect.getProcessConfig().getArguments());
    assertNotNull(inspect.getPidLong());
  }

  /** docker-java does not half-close a Unix socket: the command must know when it has enough. */
  @Test
  void exec_reads_stdin() throws Exception {
    String id = started(shell("sleep 1000"));
    String exec =
        docker
            .execCreateCmd(id)
            .withCmd("head", "-n", "1")
            .withAttachStdin(true)
            .withAttachStdout(true)
            .exec()
            .getId();
    var heard = docker.execStartCmd(exec).withStdIn(text("hello\n")).exec(new Heard()).whole();
    assertEquals("hello\n", heard.out());
  }

  @Test
  void exec_with_a_terminal_is_one_and_detached_exec_runs_on() throws Exception {
    String id = started(shell("sleep 1000"));
    String exec =
        docker.execCreateCmd(id).withCmd("tty").withTty(true).withAttachStdout(true).exec().getId();
    var heard = docker.execStartCmd(exec).withTty(true).exec(new Heard()).whole();
    assertTrue(heard.out().startsWith("/dev/pts/"), heard.out());
    String detached = docker.execCreateCmd(id).withCmd("touch", "/tmp/done").exec().getId();
    docker.execStartCmd(detached).withDetach(true).exec(new Heard()).whole();
    Shell.await(
        "the detached exec ends", () -> !docker.inspectExecCmd(detached).exec().isRunning());
    assertEquals(0, docker.inspectExecCmd(detached).exec().getExitCodeLong());
  }

  @Test
  void stats_carry_what_a_dashboard_reads() throws Exception {
    String id = started(shell("while :; do :; done"));
    var samples = new Samples(2);
    docker.statsCmd(id).exec(samples);
    assertTrue(samples.enough.await(20, TimeUnit.SECONDS), "two samples");
    samples.close();
    var last = samples.last();
    assertTrue(last.getCpuStats().getCpuUsage().getTotalUsage() > 0);
    long used =
        last.getCpuStats().getCpuUsage().getTotalUsage()
            - last.getPreCpuStats().getCpuUsage().getTotalUsage();
    long passed =
        last.getCpuStats().getSystemCpuUsage() - last.getPreCpuStats().getSystemCpuUsage();
    double percent = 100.0 * used / passed * last.getCpuStats().getOnlineCpus();
    assertTrue(percent > 5 && percent < 150, percent + " % of one CPU");
    assertTrue(last.getMemoryStats().getUsage() > 0);
    assertTrue(last.getMemoryStats().getLimit() > 0);
    assertTrue(last.getPidsStats().getCurrent() >= 1);
    assertNotNull(requireNonNull(last.getNetworks().get("eth0")).getRxBytes());
    assertNotNull(last.getBlkioStats());
    assertNotNull(last.getRead());
    var single = new Samples(1);
    docker.statsCmd(id).withNoStream(true).exec(single);
    assertTrue(single.awaitCompletion(20, TimeUnit.SECONDS), "one sample, then the end");
  }

  @Test
  void events_are_heard_in_docker_s_order() throws Exception {
    var heard = new ConcurrentLinkedQueue<String>();
    var ended = new CountDownLatch(1);
    try (var listener = new Listener(heard, ended)) {
      docker
          .eventsCmd()
          .withEventTypeFilter(EventType.CONTAINER)
          .withLabelFilter(Map.of("trial", "events"))
          .exec(listener);
      listener.awaitStarted(10, TimeUnit.SECONDS);
      String id = started(shell("exit 2").withLabels(Map.of("trial", "events")));
      assertEquals(2, exitCode(id));
      docker.removeContainerCmd(id).exec();
      assertTrue(ended.await(20, TimeUnit.SECONDS), heard.toString());
    }
    assertEquals(List.of("create", "start", "die", "destroy"), List.copyOf(heard));
  }

  /** Collects statistics. */
  private static final class Samples extends ResultCallback.Adapter<Statistics> {
    private final Queue<Statistics> all = new ConcurrentLinkedQueue<>();
    final CountDownLatch enough;

    Samples(int count) {
      enough = new CountDownLatch(count);
    }

    @Override
    public void onNext(Statistics sample) {
      all.add(sample);
      enough.countDown();
    }

    Statistics last() {
      return List.copyOf(all).getLast();
    }
  }

  /** Collects events until a container is destroyed. */
  private static final class Listener extends ResultCallback.Adapter<Event> {
    private final Queue<String> heard;
    private final CountDownLatch ended;

    Listener(Queue<String> heard, CountDownLatch ended) {
      this.heard = heard;
      this.ended = ended;
    }

    @Override
    public void onNext(Event event) {
      assertNotNull(event.getActor().getAttributes().get("image"));
      heard.add(event.getAction());
      if (event.getAction().equals("destroy")) {
        ended.countDown();
      }
    }
  }
}
