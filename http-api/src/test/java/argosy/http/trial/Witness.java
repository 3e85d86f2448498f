package argosy.http.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** A container that lives through everything: it counts, serves a page and has a health check. */
final class Witness {
  private static final Pattern LINE = Pattern.compile("line (\\d+)\n");
  private static final String LIFE =
      "mkdir /www; echo hello >/www/index.html; httpd -p 80 -h /www;"
          + " i=0; while :; do i=$((i+1)); echo line $i; usleep 20000; done";

  private final Daemon daemon;
  private final Api api;
  private final Hosts hosts;
  private final String id;
  private int last;

  Witness(Daemon daemon, Api api, Hosts hosts, String image, String cgroupParent) {
    this.daemon = daemon;
    this.api = api;
    this.hosts = hosts;
    String body =
        """
        {"Image": "%s", "Cmd": ["sh", "-c", "%s"], "StopSignal": "KILL",
         "Healthcheck": {"Test": ["CMD", "true"], "Interval": 1000000000, "Timeout": 20000000000},
         "HostConfig": {"CgroupParent": "%s", "PortBindings": {"80/tcp": [{"HostPort": "18080"}]}}}
        """
            .formatted(image, LIFE, cgroupParent);
    this.id = api.post("/containers/create?name=witness", body).ok().json().path("Id").asText();
    api.post("/containers/witness/start", "").ok();
    check("before all");
  }

  String id() {
    return id;
  }

  /** It runs on: no line is lost, new ones come, the page comes, its health is known. */
  void check(String when) {
    var inspected = api.get("/containers/witness/json").ok().json();
    assertEquals("running", inspected.path("State").path("Status").asText(), when);
    int now = lines(when);
    assertTrue(now >= last, when);
    last = now;
    Shell.await("it speaks, " + when, () -> lines(when) > now);
    Shell.await(
        "it is healthy, " + when,
        () ->
            api.get("/containers/witness/json")
                .ok()
                .json()
                .at("/State/Health/Status")
                .asText()
                .equals("healthy"));
    String attach =
        String.join(
            " ",
            Daemon.command(
                daemon.socket(), "attach", "--no-stdin", "--sig-proxy=false", "witness"));
    var heard = Shell.run(List.of("sh", "-c", attach + " | head -n 1"));
    assertTrue(heard.ok().startsWith("line "), when + ": " + heard);
    var page = List.of("curl", "-fsS", "http://" + hosts.address(1) + ":18080/");
    assertEquals("hello", Shell.run(hosts.inside(0, page)).ok(), when);
    assertEquals(
        0, daemon.docker("exec", "witness", "wget", "-qO-", "http://127.0.0.1/").code(), when);
  }

  /** The last line's number; the last 1000 must be whole and in order. */
  private int lines(String when) {
    var numbers =
        LINE.matcher(api.get("/containers/witness/logs?stdout=1&tail=1000").ok().body())
            .results()
            .map((MatchResult it) -> Integer.parseInt(it.group(1)))
            .toList();
    for (int i = 1; i < numbers.size(); i++) {
      assertEquals(numbers.get(i - 1) + 1, numbers.get(i), when);
    }
    return numbers.isEmpty() ? 0 : numbers.getLast();
  }
}
