package argosy.http.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Many containers on one host: at once ({@code -Dtrial.crowd=200}) and one after the other ({@code
 * -Dtrial.runs=500}).
 */
class CrowdIT extends OneHost {
  private static final int CROWD = Integer.getInteger("trial.crowd", 60);
  private static final int RUNS = Integer.getInteger("trial.runs", 100);
  private static final int AT_ONCE = 8;
  private static final Pattern LISTED =
      Pattern.compile("GET \\S*/containers/json 200\\S* ([0-9.]+) ms");
  private static final String BODY =
      """
      {"Image": "%s", "Cmd": ["%s"%s], "StopSignal": "KILL", "HostConfig": {"AutoRemove": %s}}
      """;

  CrowdIT() {
    super(29, "--debug");
  }

  @Test
  void a_crowd_runs_is_listed_quickly_and_is_adopted_by_the_next_daemon() {
    var api = Api.of(daemon);
    String body = BODY.formatted(busybox, "sleep", ", \"100000\"", false);
    var before = new Gauge(daemon.pid()).read();
    long start = System.nanoTime();
    each(
        CROWD,
        n -> {
          api.post("/containers/create?name=crowd-" + n, body).ok();
          return api.post("/containers/crowd-" + n + "/start", "").ok();
        });
    report("%d containers started in %d ms", CROWD, millisSince(start));
    var pids = pids(api);
    assertEquals(CROWD, pids.size());
    IntStream.range(0, 20).forEach(_ -> api.get("/containers/json").ok());
    var took = listingMillis();
    report(
        "a list of %d: shortest %.1f ms, median %.1f ms, longest %.1f ms in the daemon",
        CROWD, took.getFirst(), took.get(took.size() / 2), took.getLast());
    // others may use the machine too: what they cost is not the daemon's
    assertTrue(took.get(took.size() / 4) < 50, "listing takes too long: " + took);
    memory(before);

    assertEquals(0, daemon.terminate());
    daemon.start();
    assertEquals(pids, pids(api));
    report("start-up with %d running: %d ms", CROWD, daemon.startUpMillis());
    each(AT_ONCE, n -> api.post("/containers/crowd-" + n + "/stop?t=1", "").ok());

    start = System.nanoTime();
    each(CROWD, n -> api.delete("/containers/crowd-" + n + "?force=1").ok());
    report("all removed in %d ms", millisSince(start));
    assertEquals(0, api.get("/containers/json?all=1").ok().json().size());
    var residue = new Residue(daemon, directory.resolve("n1"), hosts, "nowhere");
    Shell.await("nothing is left over", () -> residue.look(List.of()).isEmpty());
  }

  @Test
  void one_after_the_other_they_leave_nothing_behind_in_the_daemon() {
    var api = Api.of(daemon);
    String body = BODY.formatted(busybox, "true", "", true);
    each(AT_ONCE * 4, _ -> run(api, body));
    var gauge = new Gauge(daemon.pid());
    var before = settled(gauge, api);
    each(RUNS, _ -> run(api, body));
    var after = settled(gauge, api);
    report("before %d runs %s, after %s", RUNS, before, after);
    // events are kept on purpose, up to a bound: some kilobytes for each run
    before.assertHeld(after, RUNS * 8_000L);
  }

  private static Api.Answer run(Api api, String body) {
    String id = api.post("/containers/create", body).ok().json().path("Id").asText();
    api.post("/containers/" + id + "/start", "").ok();
    return api.post("/containers/" + id + "/wait?condition=removed", "");
  }

  private static Gauge.Reading settled(Gauge gauge, Api api) {
    Shell.await(
        "no container is left", () -> api.get("/containers/json?all=1").ok().json().isEmpty());
    return gauge.settled();
  }

  private void memory(Gauge.Reading before) {
    var after = new Gauge(daemon.pid()).read();
    var monitors = monitors().stream().mapToLong(Gauge::proportionalKilobytes).summaryStatistics();
    assertEquals(CROWD, monitors.getCount());
    report(
        "a container costs %.0f kB in the daemon's heap, %.0f kB of its resident memory, and"
            + " %.0f kB for its monitor; the daemon has %d MB",
        (after.heap() - before.heap()) / 1024.0 / CROWD,
        (double) (after.residentKilobytes() - before.residentKilobytes()) / CROWD,
        monitors.getAverage(),
        after.residentKilobytes() / 1024);
  }

  private List<String> monitors() {
    Path bundles = directory.resolve("n1/run/bundles");
    try (var all = Files.newDirectoryStream(bundles)) {
      var pids = new ArrayList<String>();
      for (Path bundle : all) {
        pids.add(Files.readString(bundle.resolve("conmon.pid")).strip());
      }
      return pids;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** By the daemon's own request log, in order. */
  private List<Double> listingMillis() {
    return LISTED
        .matcher(daemon.logText())
        .results()
        .map((MatchResult it) -> Double.valueOf(it.group(1)))
        .skip(1)
        .sorted()
        .toList();
  }

  private static List<String> pids(Api api) {
    var pids = new ArrayList<String>();
    for (JsonNode row : api.get("/containers/json").ok().json()) {
      var state = api.get("/containers/" + row.path("Id").asText() + "/json").ok().json();
      pids.add(row.path("Id").asText() + " " + state.at("/State/Pid").asText());
    }
    return pids.stream().sorted().toList();
  }

  private static void each(int count, IntFunction<Api.Answer> work) {
    try (var threads = Executors.newFixedThreadPool(AT_ONCE)) {
      var all =
          IntStream.range(0, count)
              .<Future<Api.Answer>>mapToObj(n -> threads.submit(() -> work.apply(n)))
              .toList();
      all.forEach(answer -> {
        try {
          answer.get();
        } catch (InterruptedException | java.util.concurrent.ExecutionException e) {
          throw new AssertionError(e);
        }
      });
    }
  }

  private static long millisSince(long start) {
    return (System.nanoTime() - start) / 1_000_000;
  }

  private static void report(String format, Object... values) {
    System.out.printf("crowd: " + format + "%n", values);
  }
}
