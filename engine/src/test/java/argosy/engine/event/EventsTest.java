package argosy.engine.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.stream.javadsl.Sink;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventsTest {
  private static final Instant T0 = Instant.parse("2026-11-21T12:00:00Z");

  @TempDir Path directory;
  private final ActorTestKit kit = ActorTestKit.create();

  @AfterEach
  void stop() {
    kit.shutdownTestKit();
  }

  @Test
  void a_listener_gets_the_past_and_then_the_coming_without_a_gap() throws Exception {
    var events = kit.spawn(Events.create(journal(100)));
    events.tell(new Events.Publish(event("old", 0)));
    events.tell(new Events.Publish(event("past", 10)));
    var stream =
        new JournalStreams(events, kit.system(), InstantSource.system())
            .events(T0.plusSeconds(5), null);
    events.tell(new Events.Publish(event("new", 20)));
    assertEquals(
        List.of("past", "new"),
        get(stream.take(2).map(Event::action).runWith(Sink.seq(), kit.system())));
  }

  @Test
  void until_in_the_past_ends_the_stream() throws Exception {
    var events = kit.spawn(Events.create(journal(100)));
    events.tell(new Events.Publish(event("one", 1)));
    events.tell(new Events.Publish(event("two", 2)));
    var stream =
        new JournalStreams(events, kit.system(), InstantSource.system())
            .events(T0, T0.plusSeconds(1));
    assertEquals(List.of("one"), get(stream.map(Event::action).runWith(Sink.seq(), kit.system())));
  }

  @Test
  void a_listener_that_never_reads_loses_its_stream_and_only_its_own() {
    var events = kit.spawn(Events.create(journal(10)));
    var streams = new JournalStreams(events, kit.system(), InstantSource.system());
    var slow = streams.events(null, null);
    var probe = kit.<Integer>createTestProbe();
    events.tell(new Events.Count(probe.getRef()));
    assertEquals(1, probe.receiveMessage());
    for (int i = 0; i <= 2 * Events.LISTENER_BUFFER; i++) {
      events.tell(new Events.Publish(event("flood", i)));
    }
    events.tell(new Events.Count(probe.getRef()));
    assertEquals(0, probe.receiveMessage(Duration.ofSeconds(20)));
    assertThrows(ExecutionException.class, () -> get(slow.runWith(Sink.ignore(), kit.system())));
  }

  @Test
  void the_journal_outlives_the_daemon_and_is_bounded() throws Exception {
    var first = journal(3);
    for (int i = 0; i < 8; i++) {
      first.append(event("e" + i, i));
    }
    var again = journal(3);
    assertEquals(List.of("e5", "e6", "e7"), again.since(T0).stream().map(Event::action).toList());
    try (var files = Files.list(directory)) {
      assertEquals(2, files.count());
    }
  }

  @Test
  void large_events_do_not_fill_the_disk() throws Exception {
    var labels = Map.of("label", "x".repeat(1000));
    var journal = journal(100, 5000);
    for (int i = 0; i < 50; i++) {
      journal.append(new Event("container", "e" + i, "id", labels, T0.plusSeconds(i)));
    }
    assertEquals(4, journal.since(T0).size());
    assertEquals(journal.since(T0), journal(100, 5000).since(T0));
    try (var files = Files.list(directory)) {
      assertTrue(files.mapToLong(file -> file.toFile().length()).sum() <= 2 * 5000 + 100);
    }
    journal.append(new Event("container", "huge", "id", Map.of("x", "y".repeat(9000)), T0));
    assertEquals(List.of("huge"), journal.since(T0).stream().map(Event::action).toList());
  }

  @Test
  void bytes_that_are_no_text_cost_only_their_line() throws Exception {
    journal(10).append(event("whole", 1));
    Path file = directory.resolve("journal");
    Files.write(file, new byte[] {(byte) 0xff, 0, 7}, StandardOpenOption.APPEND);
    assertEquals(List.of("whole"), journal(10).since(T0).stream().map(Event::action).toList());
  }

  @Test
  void a_line_cut_by_a_crash_costs_only_itself() throws Exception {
    journal(10).append(event("whole", 1));
    Files.writeString(
        directory.resolve("journal"),
        Files.readString(directory.resolve("journal")) + "{\"type\":\"cont");
    var again = journal(10);
    again.append(event("later", 2));
    assertEquals(
        List.of("whole", "later"), journal(10).since(T0).stream().map(Event::action).toList());
  }

  private Journal journal(int capacity) {
    return journal(capacity, 1_000_000);
  }

  private Journal journal(int capacity, long bytes) {
    return Journal.open(directory.resolve("journal"), new Journal.Bounds(capacity, bytes));
  }

  private static Event event(String action, int second) {
    return new Event("container", action, "id", Map.of("name", "n"), T0.plusSeconds(second));
  }

  private static <T> T get(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get(20, TimeUnit.SECONDS);
  }
}
