package argosy.http.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import argosy.http.trial.Crew.Listed;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * The daemon is killed at random instants while several clients make, start, enter, stop and remove
 * up to 50 containers. After each start nothing that was answered is undone, and nothing lies about
 * that no listed container owns. {@code -Dtrial.rounds=100 -Dtrial.seed=N} for more, and the same.
 */
class ChaosIT extends OneHost {
  private static final @Nullable Integer ASKED = Integer.getInteger("trial.rounds");
  private static final int ROUNDS = ASKED == null ? 30 : ASKED;

  /** When nobody asked for a number of rounds, none begins after this. */
  private static final Duration LONG_ENOUGH = Duration.ofMinutes(4);

  private static final long SEED = Long.getLong("trial.seed", System.nanoTime() % 1_000_000);
  private static final int CLIENTS = 8;
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final String CGROUPS = "argosy-chaos-" + ProcessHandle.current().pid();

  private final Random chance = new Random(SEED);

  ChaosIT() {
    super(27);
  }

  @Test
  void whenever_it_is_killed_it_comes_back_to_the_truth() {
    System.out.printf("chaos: -Dtrial.seed=%d -Dtrial.rounds=%d%n", SEED, ROUNDS);
    var api = Api.of(daemon);
    var witness = new Witness(daemon, api, hosts, busybox, "/" + CGROUPS);
    var crews =
        IntStream.range(0, CLIENTS)
            .mapToObj(n -> new Crew(api, chance.nextLong(), "c" + n + "-", busybox, "/" + CGROUPS))
            .toList();
    long end = System.nanoTime() + LONG_ENOUGH.toNanos();
    for (int round = 1; round <= ROUNDS; round++) {
      if (ASKED == null && System.nanoTime() > end) {
        break;
      }
      String what = "round %d of seed %d".formatted(round, SEED);
      long kept = crews.stream().mapToLong(crew -> crew.boxes.size()).sum();
      String how = ordeal(crews);
      long ready = daemon.startUpMillis();
      crews.forEach(Crew::restarted);
      assertEquals(List.of(), crews.stream().flatMap(it -> it.complaints.stream()).toList(), what);
      var rows = check(what, api, crews, witness.id());
      System.out.printf(
          "%s: %s, %d containers before, %d after, up in %d ms, %d answers so far%n",
          what, how, kept, rows.size(), ready, crews.stream().mapToInt(Crew::answered).sum());
      witness.check(what);
    }
    finish(api);
  }

  /** Everything can be removed, and then there is nothing. */
  private void finish(Api api) {
    for (JsonNode row : api.get("/containers/json?all=1").ok().json()) {
      api.delete("/containers/" + row.path("Id").asText() + "?force=1&v=1").ok();
    }
    var residue = residue();
    Shell.await("nothing is left over", () -> residue.look(List.of()).isEmpty());
    residue.removeControlGroups();
  }

  private Residue residue() {
    return new Residue(daemon, directory.resolve("n1"), hosts, CGROUPS);
  }

  /** Lets the clients loose and takes the daemon from under them; in what way. */
  private String ordeal(List<Crew> crews) {
    crews.forEach(Crew::begin);
    var threads = crews.stream().map(crew -> Thread.ofPlatform().start(crew::work)).toList();
    int millis = 200 + chance.nextInt(2500);
    pause(millis);
    crews.forEach(Crew::stop);
    boolean polite = chance.nextInt(5) == 0;
    if (polite) {
      daemon.terminate();
    } else {
      daemon.kill();
    }
    join(threads);
    String how = (polite ? "TERM" : "KILL") + " after " + millis + " ms";
    if (chance.nextInt(4) == 0) {
      int early = chance.nextInt(2500);
      daemon.launch();
      pause(early);
      daemon.kill();
      how += " and again " + early + " ms after the start";
    }
    daemon.start();
    return how;
  }

  private static void join(List<Thread> threads) {
    for (Thread thread : threads) {
      try {
        assertTrue(thread.join(Duration.ofSeconds(90)), "a client hangs");
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }
  }

  private static void pause(int millis) {
    long end = System.nanoTime() + Duration.ofMillis(millis).toNanos();
    while (System.nanoTime() < end) {
      LockSupport.parkNanos(end - System.nanoTime());
    }
  }

  private List<Listed> check(String what, Api api, List<Crew> crews, String witness) {
    var residue = residue();
    long end = System.nanoTime() + SOON.toNanos();
    var before = List.<Listed>of();
    while (true) {
      var rows = rows(api, witness);
      var wrong = new ArrayList<String>();
      crews.forEach(crew -> wrong.addAll(crew.compare(rows)));
      rows.stream()
          .filter(row -> crews.stream().noneMatch(crew -> crew.has(row)))
          .forEach(row -> wrong.add("nobody made " + row));
      wrong.addAll(residue.look(inspected(api)));
      if (wrong.isEmpty() && rows.equals(before)) {
        crews.forEach(crew -> crew.believe(rows));
        enter(what, api, rows);
        return rows;
      }
      if (System.nanoTime() > end) {
        throw new AssertionError(
            what + ":\n" + String.join("\n", wrong) + "\n" + daemon.log() + "\n" + tail());
      }
      before = rows;
      pause(300);
    }
  }

  private String tail() {
    var lines = daemon.logText().lines().toList();
    return String.join("\n", lines.subList(Math.max(0, lines.size() - 60), lines.size()));
  }

  private static List<Listed> rows(Api api, String witness) {
    var rows = new ArrayList<Listed>();
    for (JsonNode row : api.get("/containers/json?all=1").ok().json()) {
      if (!row.path("Id").asText().equals(witness)) {
        rows.add(Listed.of(row));
      }
    }
    return rows;
  }

  private static List<JsonNode> inspected(Api api) {
    var all = new ArrayList<JsonNode>();
    for (JsonNode row : api.get("/containers/json?all=1").ok().json()) {
      var answer = api.get("/containers/" + row.path("Id").asText() + "/json");
      if (answer.succeeded()) {
        all.add(answer.json());
      }
    }
    return all;
  }

  /** A few of those that run can be entered. */
  private void enter(String what, Api api, List<Listed> rows) {
    var running = rows.stream().filter(row -> row.fate() == Box.Fate.RUNNING).toList();
    for (int i = 0; i < Math.min(3, running.size()); i++) {
      Listed row = running.get(chance.nextInt(running.size()));
      String exec =
          api.post(
                  "/containers/" + row.id() + "/exec",
                  "{\"Cmd\": [\"echo\", \"in\"], \"AttachStdout\": true}")
              .ok()
              .json()
              .path("Id")
              .asText();
      String said = api.post("/exec/" + exec + "/start", "{}").ok().body();
      assertTrue(said.endsWith("in\n"), what + ": no way into " + row + ": " + said);
    }
  }
}
