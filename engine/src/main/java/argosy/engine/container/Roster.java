package argosy.engine.container;

import argosy.engine.container.naming.ContainerName;
import argosy.engine.container.naming.References;
import argosy.engine.failure.Failure;
import argosy.engine.failure.Outcome;
import argosy.engine.failure.Refused;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/** Who is there: containers by id, names, execs. Belongs to the registry. */
final class Roster {
  private record Entry(
      Container container, ActorRef<ContainerActor.Command> actor, long imageSize) {}

  private final TreeMap<String, Entry> entries = new TreeMap<>();
  private final Map<String, String> names = new HashMap<>();
  private final Map<String, String> execs = new HashMap<>();

  void add(Container container, ActorRef<ContainerActor.Command> actor, long imageSize) {
    entries.put(container.id(), new Entry(container, actor, imageSize));
    names.put(container.name(), container.id());
  }

  /** Takes a container's new face; a new name frees the old. */
  void show(Container container) {
    Entry old = entries.get(container.id());
    if (old == null) {
      return;
    }
    entries.put(container.id(), new Entry(container, old.actor(), old.imageSize()));
    if (!old.container().name().equals(container.name())) {
      names.remove(old.container().name(), container.id());
      names.put(container.name(), container.id());
    }
  }

  ActorRef<ContainerActor.Command> remove(String id) {
    Entry gone = entry(id);
    entries.remove(id);
    names.values().removeIf(id::equals);
    execs.values().removeIf(id::equals);
    return gone.actor();
  }

  boolean isFree(String name) {
    return !names.containsKey(name);
  }

  /** Refuses a name that somebody other than {@code claimant} has. */
  void claim(String name, String claimant) {
    String owner = names.get(name);
    if (owner != null && !owner.equals(claimant)) {
      throw new Refused(ContainerName.taken(name, owner));
    }
  }

  void reserve(String name, String id) {
    names.put(name, id);
  }

  void free(String name) {
    names.remove(name);
  }

  /** Frees a name that was reserved for a container and is not its own. */
  void free(String name, String id) {
    Entry entry = entries.get(id);
    if (entry == null || !entry.container().name().equals(name)) {
      names.remove(name, id);
    }
  }

  /** The id that is meant; one that is still being made is not there yet. */
  Outcome<String> resolve(String reference) {
    return References.resolve(reference, entries.navigableKeySet(), this::made);
  }

  private @Nullable String made(String name) {
    String id = names.get(name);
    return id != null && entries.containsKey(id) ? id : null;
  }

  private Entry entry(String id) {
    Entry entry = entries.get(id);
    if (entry == null) {
      throw new Refused(Failure.noSuchContainer(id));
    }
    return entry;
  }

  Container container(String id) {
    return entry(id).container();
  }

  ActorRef<ContainerActor.Command> actor(String id) {
    return entry(id).actor();
  }

  long imageSize(String id) {
    return entry(id).imageSize();
  }

  List<Container> containers() {
    return entries.values().stream().map(Entry::container).toList();
  }

  Collection<ActorRef<ContainerActor.Command>> actors() {
    return entries.values().stream().map(Entry::actor).toList();
  }

  void addExec(String exec, String container) {
    execs.put(exec, container);
  }

  void removeExec(String exec) {
    execs.remove(exec);
  }

  ActorRef<ContainerActor.Command> ofExec(String exec) {
    String container = execs.get(exec);
    if (container == null) {
      throw new Refused(new Failure.NotFound("No such exec instance: " + exec));
    }
    return actor(container);
  }
}
