import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A bare client of the Docker API that measures two daemons in turns, so that no command line's own cost hides the
 * difference. usage: java Load.java CASE ROUNDS SIZE RESULTS NAME=SOCKET...; a line of RESULTS is "title, daemon, unit,
 * value", tabs between; in ms less is better, in /s and MB/s more.
 */
final class Load {
  private static final Pattern ID = Pattern.compile("\"Id\":\"([0-9a-f]+)\"");
  private static final String HOST = "\"HostConfig\":{\"Runtime\":\"%s\"}";
  private final Map<String, List<Double>> notes = new LinkedHashMap<>();
  private final Client client;

  private Load(Client client) {
    this.client = client;
  }

  public static void main(String[] words) throws Exception {
    int rounds = Integer.parseInt(words[1]);
    int size = Integer.parseInt(words[2]);
    Map<String, Load> daemons = new LinkedHashMap<>();
    for (int i = 4; i < words.length; i++) {
      String[] daemon = words[i].split("=", 2);
      daemons.put(daemon[0], new Load(new Client(Path.of(daemon[1]))));
    }
    for (int round = -Math.min(rounds, 3); round < rounds; round++) {
      if (round == 0) {
        daemons.values().forEach(load -> load.notes.clear());
      }
      for (Load load : daemons.values()) {
        load.perform(words[0], size);
      }
    }
    var lines = new ArrayList<String>();
    daemons.forEach(
        (name, load) ->
            load.notes.forEach(
                (title, values) -> {
                  values.sort(null);
                  lines.add("%s\t%.3f".formatted(title.replace("|", "\t" + name + "\t"), median(values)));
                }));
    Files.write(Path.of(words[3]), lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  private static double median(List<Double> values) {
    int middle = values.size() / 2;
    return values.size() % 2 == 1 ? values.get(middle) : (values.get(middle - 1) + values.get(middle)) / 2;
  }

  private void perform(String what, int size) throws IOException {
    switch (what) {
      case "life-runc" -> life("runc");
      case "life-crun" -> life("crun");
      case "small" -> small();
      case "list" -> timed("list of " + size + " containers|ms", () -> client.get("/containers/json?all=1"));
      case "exec-runc" -> exec("runc");
      case "exec-crun" -> exec("crun");
      case "logs" -> logs(size);
      case "events" -> events(size);
      case "stats" -> stats();
      case "endpoint" -> endpoint(size);
      default -> throw new IllegalArgumentException(what);
    }
  }

  private interface Step<T> {
    T run() throws IOException;
  }

  private <T> T timed(String title, Step<T> step) throws IOException {
    long begin = System.nanoTime();
    T result = step.run();
    note(title, (System.nanoTime() - begin) / 1e6);
    return result;
  }

  private void note(String title, double value) {
    notes.computeIfAbsent(title, _ -> new ArrayList<>()).add(value);
  }

  private String create(String runtime, String command) throws IOException {
    String body = "{\"Image\":\"busybox\",\"Cmd\":[\"sh\",\"-c\",\"" + command + "\"]," + HOST.formatted(runtime) + "}";
    return id(client.ask("POST", "/containers/create", body));
  }

  private static String id(String answer) {
    var found = ID.matcher(answer);
    if (!found.find()) {
      throw new IllegalStateException(answer);
    }
    return found.group(1);
  }

  private void life(String runtime) throws IOException {
    long begin = System.nanoTime();
    String id = timed("create, " + runtime + "|ms", () -> create(runtime, "true"));
    timed("start, " + runtime + "|ms", () -> client.ask("POST", "/containers/" + id + "/start", ""));
    client.ask("POST", "/containers/" + id + "/wait", "");
    timed("remove, " + runtime + "|ms", () -> client.ask("DELETE", "/containers/" + id, ""));
    note("create to removed, " + runtime + "|ms", (System.nanoTime() - begin) / 1e6);
    String lasting = create(runtime, "trap exit TERM; while :; do sleep 0.01; done");
    client.ask("POST", "/containers/" + lasting + "/start", "");
    timed("stop, " + runtime + "|ms", () -> client.ask("POST", "/containers/" + lasting + "/stop", ""));
    client.ask("DELETE", "/containers/" + lasting, "");
  }

  private void small() throws IOException {
    timed("ping, connection kept|ms", () -> client.get("/_ping"));
    timed("list of 0, connection kept|ms", () -> client.get("/containers/json"));
    timed("info|ms", () -> client.get("/info"));
    try (var fresh = new Client(client.path)) {
      timed("ping, new connection|ms", () -> fresh.get("/_ping"));
    }
  }

  private String running(String runtime, String command) throws IOException {
    String id = create(runtime, command);
    client.ask("POST", "/containers/" + id + "/start", "");
    return id;
  }

  private void exec(String runtime) throws IOException {
    String id = running(runtime, "sleep 600");
    for (int i = 0; i < 3; i++) {
      timed("exec true, " + runtime + "|ms", () -> {
        String exec = id(client.ask("POST", "/containers/" + id + "/exec", "{\"AttachStdout\":true,\"Cmd\":[\"true\"]}"));
        try (var raw = new Client(client.path)) {
          return raw.raw("/exec/" + exec + "/start", "{}");
        }
      });
    }
    client.ask("DELETE", "/containers/" + id + "?force=1", "");
  }

  private void logs(int megabytes) throws IOException {
    String id = create("runc", "yes 0123456789012345678901234567890123456789012345678901234567890123456789 | head -c " + megabytes * 1_000_000);
    long begin = System.nanoTime();
    client.ask("POST", "/containers/" + id + "/start", "");
    client.ask("POST", "/containers/" + id + "/wait", "");
    note("logs written|MB/s", megabytes / seconds(begin));
    begin = System.nanoTime();
    long bytes = client.drained("GET", "/containers/" + id + "/logs?stdout=1", "");
    note("logs read|MB/s", bytes / 1e6 / seconds(begin));
    client.ask("DELETE", "/containers/" + id, "");
  }

  private static double seconds(long begin) {
    return (System.nanoTime() - begin) / 1e9;
  }

  /** A running container enters and leaves a network; one that starts in it; the network itself. */
  private void endpoint(int times) throws IOException {
    String network = "{\"Name\":\"bench-endpoint\"}";
    timed("network create|ms", () -> client.ask("POST", "/networks/create", network));
    String id = running("runc", "sleep 600");
    String body = "{\"Container\":\"" + id + "\"}";
    for (int i = 0; i < times; i++) {
      timed("connect a running container|ms", () -> client.ask("POST", "/networks/bench-endpoint/connect", body));
      timed("disconnect it|ms", () -> client.ask("POST", "/networks/bench-endpoint/disconnect", body));
    }
    client.ask("DELETE", "/containers/" + id + "?force=1", "");
    for (String mode : List.of("none", "bench-endpoint")) {
      String title = ", " + (mode.equals("none") ? "no network" : "own network") + "|ms";
      String made = id(client.ask("POST", "/containers/create", "{\"Image\":\"busybox\",\"Cmd\":[\"sleep\",\"600\"],"
          + "\"HostConfig\":{\"Runtime\":\"runc\",\"NetworkMode\":\"" + mode + "\"}}"));
      timed("start" + title, () -> client.ask("POST", "/containers/" + made + "/start", ""));
      timed("remove running" + title, () -> client.ask("DELETE", "/containers/" + made + "?force=1", ""));
    }
    timed("network remove|ms", () -> client.ask("DELETE", "/networks/bench-endpoint", ""));
  }

  /** Each rename is an event; the last one heard ends the watch. */
  private void events(int count) throws IOException {
    String id = create("runc", "true");
    try (var watch = new Client(client.path)) {
      watch.say("GET", "/events?filters=%7B%22event%22%3A%5B%22rename%22%5D%7D", "");
      watch.head();
      long begin = System.nanoTime();
      for (int i = 0; i < count; i++) {
        client.ask("POST", "/containers/" + id + "/rename?name=bench-" + System.nanoTime(), "");
      }
      for (int heard = 0; heard < count; heard++) {
        watch.chunk();
      }
      note("renames told as events|/s", count / seconds(begin));
    }
    client.ask("DELETE", "/containers/" + id, "");
  }

  private void stats() throws IOException {
    var found = ID.matcher(client.get("/containers/json"));
    long begin = System.nanoTime();
    int count = 0;
    while (found.find() && count < 20) {
      client.get("/containers/" + found.group(1) + "/stats?stream=0&one-shot=1");
      count++;
    }
    note("stats, one shot of each|ms", seconds(begin) * 1000 / Math.max(1, count));
  }
}
