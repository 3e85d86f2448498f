package argosy.http.trial;

import argosy.http.trial.Box.Fate;
import argosy.http.trial.Box.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** One client that does whatever comes to its mind with its own containers, until told to stop. */
final class Crew {
  private static final int MOST = 6;

  final List<Box> boxes = new ArrayList<>();
  final Queue<String> complaints = new ConcurrentLinkedQueue<>();
  private final Api api;
  private final Random chance;
  private final String prefix;
  private final String image;
  private final String cgroupParent;
  private volatile boolean over;
  private int made;
  private int answered;

  Crew(Api api, long seed, String prefix, String image, String cgroupParent) {
    this.api = api;
    this.chance = new Random(seed);
    this.prefix = prefix;
    this.image = image;
    this.cgroupParent = cgroupParent;
  }

  /** How many requests were answered. */
  int answered() {
    return answered;
  }

  void begin() {
    over = false;
  }

  /** From now on an answer that is missing or a refusal means nothing. */
  void stop() {
    over = true;
  }

  void work() {
    while (!over) {
      if (boxes.size() < MOST && chance.nextInt(3) > 0 || boxes.isEmpty()) {
        create();
      } else {
        something(boxes.get(chance.nextInt(boxes.size())));
      }
    }
  }

  private void create() {
    String name = prefix + ++made;
    Box box = new Box(name, Kind.values()[chance.nextInt(Kind.values().length)]);
    boxes.add(box);
    box.maybe(Fate.CREATED);
    call("POST", "/containers/create?name=" + name, box.body(image, cgroupParent))
        .ifPresent(answer -> {
          box.id = answer.json().path("Id").asText();
          box.surely(Fate.CREATED);
        });
  }

  private void something(Box box) {
    switch (box.fate()) {
      case ABSENT -> boxes.remove(box);
      case CREATED, EXITED -> {
        switch (chance.nextInt(5)) {
          case 0 -> remove(box);
          case 1 -> rename(box);
          default -> order(box, "start", Fate.RUNNING, Fate.RUNNING);
        }
      }
      case RUNNING -> {
        switch (chance.nextInt(8)) {
          case 0 -> order(box, "stop?t=5", ended(box), ended(box));
          case 1 -> order(box, "kill", ended(box), ended(box));
          case 2 -> order(box, "restart?t=5", Fate.RUNNING, Fate.EXITED);
          case 3 -> order(box, "pause", Fate.PAUSED, Fate.PAUSED);
          case 4 -> rename(box);
          case 5 -> remove(box);
          default -> exec(box);
        }
      }
      case PAUSED -> {
        switch (chance.nextInt(4)) {
          case 0 -> order(box, "stop?t=5", ended(box), ended(box));
          case 1 -> {
            box.maybe(Fate.RUNNING); // it is thawed to be ended
            remove(box);
          }
          default -> order(box, "unpause", Fate.RUNNING, Fate.RUNNING);
        }
      }
    }
  }

  private static Fate ended(Box box) {
    return box.kind == Kind.PASSING ? Fate.ABSENT : Fate.EXITED;
  }

  private void order(Box box, String verb, Fate after, Fate between) {
    box.maybe(after, between);
    call("POST", "/containers/" + box.name + "/" + verb, "").ifPresent(_ -> box.surely(after));
  }

  private void remove(Box box) {
    box.maybe(Fate.ABSENT, Fate.EXITED);
    call("DELETE", "/containers/" + box.name + "?force=1&v=1", "")
        .ifPresent(_ -> box.surely(Fate.ABSENT));
  }

  private void rename(Box box) {
    String name = prefix + ++made;
    box.otherName = name;
    call("POST", "/containers/" + box.name + "/rename?name=" + name, "")
        .ifPresent(_ -> {
          box.name = name;
          box.otherName = null;
        });
  }

  private void exec(Box box) {
    Fate before = box.fate();
    call(
            "POST",
            "/containers/" + box.name + "/exec",
            "{\"Cmd\": [\"true\"], \"AttachStdout\": true}")
        .map(made -> made.json().path("Id").asText())
        .ifPresent(
            id -> call("POST", "/exec/" + id + "/start", "{\"Detach\": false, \"Tty\": false}"));
    box.surely(before);
  }

  private Optional<Api.Answer> call(String method, String path, String body) {
    var answer = api.call(method, path, body);
    if (over && (answer.isEmpty() || !answer.get().succeeded())) {
      return Optional.empty();
    }
    String what = "%s %s".formatted(method, path);
    if (answer.isEmpty()) {
      complaints.add("no answer: " + what);
    } else if (!answer.get().succeeded()) {
      complaints.add("%s: %d %s".formatted(what, answer.get().status(), answer.get().body()));
      return Optional.empty();
    } else {
      answered++;
    }
    return answer;
  }

  /** The daemon was gone: what its coming up does by itself is expected now. */
  void restarted() {
    boxes.forEach(Box::restarted);
  }

  /** Sentences about what is listed and may not be, or may not be missing. */
  List<String> compare(List<Listed> listed) {
    return boxes.stream()
        .filter(box -> !box.allows(fate(box, listed)))
        .map(box -> box + " is " + find(box, listed))
        .toList();
  }

  /** What is listed is certain from now on. */
  void believe(List<Listed> listed) {
    for (Box box : boxes) {
      box.surely(Objects.requireNonNull(fate(box, listed)));
      box.otherName = null;
      find(box, listed)
          .ifPresent(it -> {
            box.id = it.id();
            box.name = it.name();
          });
    }
    boxes.removeIf(box -> box.fate() == Fate.ABSENT);
  }

  private static @Nullable Fate fate(Box box, List<Listed> listed) {
    var found = find(box, listed);
    return found.isEmpty() ? Fate.ABSENT : found.get().fate();
  }

  private static Optional<Listed> find(Box box, List<Listed> listed) {
    return listed.stream().filter(box::is).findFirst();
  }

  boolean has(Listed listed) {
    return boxes.stream().anyMatch(box -> box.is(listed));
  }

  /** A row of {@code docker ps -a}. */
  record Listed(String id, String name, String state) {
    static Listed of(com.fasterxml.jackson.databind.JsonNode row) {
      return new Listed(
          row.path("Id").asText(),
          row.path("Names").path(0).asText().substring(1),
          row.path("State").asText());
    }

    /** Null while it is on the way from one to another. */
    @Nullable Fate fate() {
      return switch (state) {
        case "created" -> Fate.CREATED;
        case "running" -> Fate.RUNNING;
        case "paused" -> Fate.PAUSED;
        case "exited" -> Fate.EXITED;
        default -> null;
      };
    }
  }
}
