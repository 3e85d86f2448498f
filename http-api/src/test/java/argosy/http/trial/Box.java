package argosy.http.trial;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One container of the chaos test, and what may be true of it. An answered request leaves one
 * possibility; one whose answer was lost leaves those before and after it. Belongs to one client.
 */
final class Box {
  /** Where a container may be, in the words of {@code docker ps}. */
  enum Fate {
    ABSENT,
    CREATED,
    RUNNING,
    PAUSED,
    EXITED
  }

  /** What kinds there are: options that a restart could get wrong. */
  enum Kind {
    PLAIN,
    PUBLISHED,
    ALWAYS,
    VOLUME,
    PASSING
  }

  final Kind kind;
  String name;

  /** The name it has if an unanswered rename was carried out. */
  @Nullable String otherName;

  @Nullable String id;
  private Set<Fate> fates = EnumSet.of(Fate.ABSENT);

  Box(String name, Kind kind) {
    this.name = name;
    this.kind = kind;
  }

  Set<Fate> fates() {
    return fates;
  }

  /** The only possibility; for a box that nothing is in doubt about. */
  Fate fate() {
    return fates.iterator().next();
  }

  void surely(Fate fate) {
    fates = EnumSet.of(fate);
  }

  void maybe(Fate... more) {
    fates.addAll(List.of(more));
  }

  boolean allows(@Nullable Fate fate) {
    return fate != null && fates.contains(fate);
  }

  /** What the start of a daemon does: {@code always} runs again, {@code --rm} does not stay. */
  void restarted() {
    if (kind == Kind.ALWAYS && fates.contains(Fate.EXITED)) {
      boolean stopped = fates.size() == 1;
      fates.add(Fate.RUNNING);
      if (stopped) {
        fates.remove(Fate.EXITED);
      }
    }
    if (kind == Kind.PASSING && (fates.remove(Fate.CREATED) | fates.remove(Fate.EXITED))) {
      fates.add(Fate.ABSENT);
    }
  }

  boolean is(Crew.Listed listed) {
    return listed.id().equals(id) || listed.name().equals(name) || listed.name().equals(otherName);
  }

  String body(String image, String cgroupParent) {
    String more =
        switch (kind) {
          case PLAIN -> "";
          case PUBLISHED -> ", \"PortBindings\": {\"80/tcp\": [{}]}";
          case ALWAYS -> ", \"RestartPolicy\": {\"Name\": \"always\"}";
          case VOLUME -> ", \"Binds\": [\"%s:/data\"]".formatted(name);
          case PASSING -> ", \"AutoRemove\": true";
        };
    return """
    {"Image": "%s", "Cmd": ["sleep", "100000"], "StopSignal": "KILL",
     "HostConfig": {"CgroupParent": "%s"%s}}
    """
        .formatted(image, cgroupParent, more);
  }

  @Override
  public String toString() {
    return name + " (" + kind + ", " + id + ", expected " + fates + ")";
  }
}
