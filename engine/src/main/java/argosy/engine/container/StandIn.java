package argosy.engine.container;

import argosy.engine.container.Lifecycle.Ended;
import argosy.engine.container.life.Move;
import argosy.engine.container.life.Moves;
import argosy.engine.spec.ContainerSpec;
import argosy.engine.spec.ContainerSpec.Identity;
import argosy.engine.spec.ContainerSpec.Isolation;
import argosy.engine.spec.ContainerSpec.LogSpec;
import argosy.engine.spec.ContainerSpec.RestartPolicy;
import argosy.engine.spec.NetworkSpec;
import argosy.engine.spec.ProcessSpec;
import argosy.engine.spec.ProcessSpec.Stdio;
import argosy.engine.spec.Resources;
import argosy.engine.spec.Security;
import argosy.engine.spec.Storage;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Stands in for a record that could not be read, so that its container is seen and can be removed:
 * what still runs is shown as running, anything else is dead. It is never written.
 */
final class StandIn {
  private static final String WHY = "its record can not be read: remove the container";

  private StandIn() {}

  static ContainerRecord of(String id) {
    return new ContainerRecord(
        id,
        "unreadable-" + id.substring(0, Math.min(12, id.length())),
        Instant.EPOCH,
        nothingKnown(),
        "",
        List.of(),
        0,
        List.of(),
        false);
  }

  static boolean is(ContainerRecord record) {
    return record.imageId().isEmpty();
  }

  /** Where it stands: dead, unless it runs. */
  static ContainerState state(ContainerState seen) {
    if (Move.alive(seen.life())) {
      return seen;
    }
    Ended ended = Moves.lastRun(seen.life());
    return seen.in(new Lifecycle.Dead(ended.because(WHY))).on(null);
  }

  private static ContainerSpec nothingKnown() {
    return new ContainerSpec(
        "",
        new ProcessSpec(
            null,
            null,
            List.of(),
            "",
            List.of(),
            "",
            new Stdio(false, false, false, false, false, false),
            null,
            null,
            null),
        new Identity("", "", Map.of(), Map.of()),
        new Isolation("", "", "", "", "", false),
        new Security(false, false, List.of(), List.of(), List.of(), null, null, Map.of()),
        Resources.NONE,
        new Storage(List.of(), List.of(), Map.of(), List.of(), Set.of(), "", Map.of()),
        new NetworkSpec(
            "default", Map.of(), Set.of(), Map.of(), false, NetworkSpec.Names.NONE, "", false),
        new LogSpec("json-file", Map.of()),
        RestartPolicy.NONE,
        null,
        false,
        null,
        null);
  }
}
