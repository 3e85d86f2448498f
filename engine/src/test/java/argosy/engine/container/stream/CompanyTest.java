package argosy.engine.container.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import argosy.engine.runtime.Console;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.stream.javadsl.Sink;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class CompanyTest {
  private static final ActorTestKit KIT = ActorTestKit.create();

  private final Queue<Runnable> later = new ArrayDeque<>();
  private final Company company = new Company("web", _ -> later::add);
  private final List<Line> lines = new ArrayList<>();

  @AfterAll
  static void stop() {
    KIT.shutdownTestKit();
  }

  /** A connection whose output the test makes up. */
  private static final class Line implements Console {
    private final Console.Listener listener;
    private boolean closed;

    private Line(Console.Listener listener) {
      this.listener = listener;
    }

    boolean says(int bytes) {
      return listener.output(false, new byte[bytes]);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {}

    @Override
    public void endInput() {}

    @Override
    public void resume() {}

    @Override
    public void close() {
      closed = true;
    }
  }

  private Client client(boolean foreground) {
    var wants = new Client.Wants(false, true, true, false);
    var client = new Client(wants, false, foreground, company, Runnable::run);
    client.connect(listener -> {
      lines.add(new Line(listener));
      return lines.getLast();
    });
    return client;
  }

  private void patienceEnds() {
    for (int i = later.size(); i > 0; i--) {
      later.remove().run();
    }
  }

  private static String read(Client client) throws Exception {
    return client
        .attached(DetachKeys.parse(null))
        .output()
        .runWith(Sink.seq(), KIT.system())
        .toCompletableFuture()
        .get(10, TimeUnit.SECONDS)
        .getLast()
        .bytes()
        .decodeString(StandardCharsets.UTF_8);
  }

  @Test
  void who_looks_on_and_does_not_read_is_cut_off_and_told_so() throws Exception {
    Client client = client(false);
    assertTrue(lines.getFirst().says(OutputBuffer.BOUND - 1));
    assertFalse(lines.getFirst().says(1));
    assertFalse(lines.getFirst().closed);
    patienceEnds();
    assertTrue(lines.getFirst().closed);
    assertTrue(lines.getFirst().says(1), "the process is not held up any more");
    assertEquals(
        "argosy: detached, for nothing was read here for 3 seconds while output waited; the process"
            + " goes on\n",
        read(client));
  }

  @Test
  void who_runs_it_in_the_foreground_sets_the_pace() {
    client(true);
    assertFalse(lines.getFirst().says(OutputBuffer.BOUND));
    patienceEnds();
    assertFalse(lines.getFirst().closed);
  }

  @Test
  void but_not_when_somebody_else_waits_too() {
    client(true);
    assertFalse(lines.getFirst().says(OutputBuffer.BOUND));
    client(false);
    assertFalse(lines.getFirst().closed);
    patienceEnds();
    assertTrue(lines.getFirst().closed);
    assertFalse(lines.getLast().closed);
  }

  @Test
  void it_is_over_when_all_have_read_what_the_process_said() throws Exception {
    Client client = client(true);
    lines.getFirst().says(1);
    lines.getFirst().listener.closed();
    var over = company.over().toCompletableFuture();
    assertFalse(over.isDone());
    read(client);
    over.get(10, TimeUnit.SECONDS);
  }

  @Test
  void or_when_one_that_does_not_read_had_its_time() {
    client(true);
    lines.getFirst().says(1);
    lines.getFirst().listener.closed();
    var over = company.over().toCompletableFuture();
    assertFalse(over.isDone());
    patienceEnds();
    assertTrue(over.isDone());
  }

  @Test
  void who_caught_up_meanwhile_has_as_long_again() throws Exception {
    Client client = client(false);
    var reader =
        client.attached(DetachKeys.parse(null)).output().runWith(Sink.queue(), KIT.system());
    lines.getFirst().says(0);
    reader.pull().toCompletableFuture().get(10, TimeUnit.SECONDS);
    while (lines.getFirst().says(OutputBuffer.BOUND / 4)) {
      // until it is behind
    }
    for (int i = 0; i < 4; i++) {
      reader.pull().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }
    assertFalse(client.isStalled());
    while (lines.getFirst().says(OutputBuffer.BOUND / 4)) {
      // behind again
    }
    later.remove().run();
    assertFalse(lines.getFirst().closed);
    later.remove().run();
    assertTrue(lines.getFirst().closed);
  }
}
