package argosy.cluster.placement;

import argosy.engine.failure.Outcome;
import argosy.engine.spec.ContainerSpec;
import argosy.engine.spec.Storage;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a container needs of its node, beside room: read from its spec.
 *
 * @param constraints from {@code -e constraint:…} and the label {@link #LABEL}
 * @param networks user-defined networks it names
 * @param volumes named volumes it mounts
 * @param containers other containers it shares something with, by reference
 */
public record Wish(
    ContainerSpec spec,
    List<Constraint> constraints,
    Set<String> networks,
    Set<String> volumes,
    Set<String> containers) {
  /** Constraints with commas between them; Docker Compose files and SDKs can set labels. */
  public static final String LABEL = "io.argosy.constraint";

  private static final String ENV = "constraint:";
  private static final String CONTAINER = "container:";
  private static final Set<String> PREDEFINED = Set.of("", "default", "bridge", "host", "none");

  /** Reads a spec; Invalid for a constraint that can not be understood. */
  public static Outcome<Wish> of(ContainerSpec spec) {
    return Constraint.parseAll(constraints(spec))
        .map(constraints ->
            new Wish(spec, constraints, networks(spec), volumes(spec), containers(spec)));
  }

  private static List<String> constraints(ContainerSpec spec) {
    var texts = new ArrayList<>(constraints(spec.identity().labels()));
    spec.process().env().stream()
        .filter(env -> env.startsWith(ENV))
        .map(env -> env.substring(ENV.length()))
        .forEach(texts::add);
    return texts;
  }

  /** The constraints that labels carry. */
  public static List<String> constraints(Map<String, String> labels) {
    return Stream.of(labels.getOrDefault(LABEL, "").split(","))
        .map(String::strip)
        .filter(text -> !text.isEmpty())
        .toList();
  }

  /** The container's own environment: without what was said to placement. */
  public static List<String> environment(ContainerSpec spec) {
    return spec.process().env().stream().filter(env -> !env.startsWith(ENV)).toList();
  }

  private static Set<String> networks(ContainerSpec spec) {
    var names = new LinkedHashSet<>(spec.network().endpoints().keySet());
    names.add(spec.network().mode());
    names.removeIf(name -> PREDEFINED.contains(name) || name.startsWith(CONTAINER));
    return names;
  }

  private static Set<String> volumes(ContainerSpec spec) {
    var names = new LinkedHashSet<String>();
    for (String bind : spec.storage().binds()) {
      String source = bind.substring(0, Math.max(0, bind.indexOf(':')));
      if (!source.isEmpty() && !source.contains("/")) {
        names.add(source);
      }
    }
    for (Storage.Mount mount : spec.storage().mounts()) {
      if (mount.type() == Storage.MountType.VOLUME && !mount.source().isEmpty()) {
        names.add(mount.source());
      }
    }
    return names;
  }

  private static Set<String> containers(ContainerSpec spec) {
    var references = new LinkedHashSet<String>();
    Stream.of(spec.network().mode(), spec.isolation().ipc(), spec.isolation().pid())
        .filter(mode -> mode.startsWith(CONTAINER))
        .map(mode -> mode.substring(CONTAINER.length()))
        .forEach(references::add);
    Stream.concat(spec.storage().volumesFrom().stream(), spec.network().names().links().stream())
        .map(text -> text.split(":", 2)[0])
        .forEach(references::add);
    return references;
  }
}
