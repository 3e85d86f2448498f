package argosy.engine.container;

import argosy.engine.container.naming.ContainerName;
import argosy.engine.container.naming.Ids;
import argosy.engine.container.naming.MadeUpName;
import argosy.engine.failure.Failure;
import argosy.engine.failure.Refused;
import argosy.engine.spec.ContainerSpec;
import org.jspecify.annotations.Nullable;

/** Gives names and ids to containers. Belongs to the registry. */
record Enrolment(Surroundings around, Roster roster) {

  /**
   * A container to be made; its name is taken from now on.
   *
   * @param asked the name, or null or "" for one that is made up
   */
  Creation of(@Nullable String asked, ContainerSpec spec) {
    String name =
        asked == null || asked.isEmpty()
            ? MadeUpName.pick(around.random(), roster::isFree)
            : ContainerName.parse(asked);
    roster.claim(name, "");
    String id = Ids.make(around.random());
    var linked = new Links(spec, roster);
    var creation =
        new Creation(
            id, name, linked.spec(), linked.inherited(), around.clock().instant(), around.random());
    roster.reserve(name, id);
    return creation;
  }

  /** The name that a container shall have, taken from now on beside the one it still has. */
  String rename(String id, String asked) {
    if (asked.isEmpty()) {
      throw new Refused(new Failure.Invalid("Neither old nor new names may be empty"));
    }
    String name = ContainerName.parse(asked);
    if (roster.container(id).name().equals(name)) {
      throw new Refused(
          new Failure.Invalid("Renaming a container with the same name as its current name"));
    }
    roster.claim(name, id);
    roster.reserve(name, id);
    return name;
  }
}
