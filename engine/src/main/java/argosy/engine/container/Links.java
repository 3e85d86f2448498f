package argosy.engine.container;

import argosy.engine.container.mount.ResolvedMount;
import argosy.engine.failure.Failure;
import argosy.engine.failure.Outcome;
import argosy.engine.failure.Refused;
import argosy.engine.spec.ContainerSpec;
import argosy.engine.spec.ContainerSpec.Isolation;
import argosy.engine.spec.NetworkSpec;
import argosy.engine.spec.Storage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** What a spec takes from other containers, with their references made into ids. */
record Links(ContainerSpec asked, Roster roster) {
  private static final String CONTAINER = "container:";

  /** Refused when a container that is named is not there. */
  ContainerSpec spec() {
    linked();
    Isolation isolation = asked.isolation();
    NetworkSpec network = asked.network();
    network.names().links().forEach(this::checkLink);
    return new ContainerSpec(
        asked.image(),
        asked.process(),
        asked.identity(),
        new Isolation(
            ipc(isolation.ipc()),
            mode(isolation.pid()),
            isolation.uts(),
            isolation.userns(),
            isolation.cgroupns(),
            isolation.init()),
        asked.security(),
        asked.resources(),
        asked.storage(),
        new NetworkSpec(
            mode(network.mode()),
            network.endpoints(),
            network.exposed(),
            network.bindings(),
            network.publishAll(),
            network.names(),
            network.macAddress(),
            network.disabled()),
        asked.log(),
        asked.restart(),
        asked.health(),
        asked.autoRemove(),
        asked.runtime(),
        asked.platform());
  }

  private void checkLink(String link) {
    String target = link.split(":", 2)[0];
    if (roster.resolve(target) instanceof Outcome.Failed<String>(var failure)) {
      throw new Refused(
          new Failure.Invalid(
              "could not get container for %s: %s".formatted(target, failure.message())));
    }
  }

  private String mode(String mode) {
    return mode.startsWith(CONTAINER) ? CONTAINER + id(mode.substring(CONTAINER.length())) : mode;
  }

  private void linked() {
    for (String link : asked.network().names().links()) {
      String name = link.substring(0, link.contains(":") ? link.indexOf(':') : link.length());
      if (roster.resolve(name) instanceof Outcome.Failed<String>(var failure)) {
        throw new Refused(
            new Failure.Invalid("could not get container for " + name + ": " + failure.message()));
      }
    }
  }

  /** Who borrows from a borrower borrows from the owner. */
  private String ipc(String asked) {
    if (!asked.startsWith(CONTAINER)) {
      return asked;
    }
    String donor = id(asked.substring(CONTAINER.length()));
    String theirs = roster.container(donor).spec().isolation().ipc();
    if (theirs.startsWith(CONTAINER) || theirs.equals("host")) {
      return theirs;
    }
    if (!theirs.equals("shareable")) {
      throw new Refused(
          new Failure.Invalid(
              "can't join IPC of container "
                  + donor
                  + ": non-shareable IPC (hint: use IpcMode:shareable for the donor container)"));
    }
    return CONTAINER + donor;
  }

  private String id(String reference) {
    return switch (roster.resolve(reference)) {
      case Outcome.Ok<String>(var id) -> id;
      // not as a 404: to clients that would mean the image, and they would pull it
      case Outcome.Failed<String>(var failure) ->
          throw new Refused(new Failure.Invalid(failure.message()));
    };
  }

  private String subpath(String id, Container.MountPoint mount) {
    return roster.container(id).spec().storage().mounts().stream()
        .filter(asked -> Path.of(asked.target()).normalize().equals(Path.of(mount.destination())))
        .map(Storage.Mount::volume)
        .filter(Objects::nonNull)
        .map(Storage.VolumeOptions::subpath)
        .findFirst()
        .orElse("");
  }

  /** The mounts that come with {@code --volumes-from REF[:ro|:rw]}. */
  List<ResolvedMount> inherited() {
    var mounts = new ArrayList<ResolvedMount>();
    for (String from : asked.storage().volumesFrom()) {
      int colon = from.indexOf(':');
      String mode = colon < 0 ? "rw" : from.substring(colon + 1);
      if (!List.of("ro", "rw", "z", "Z").contains(mode)) {
        throw new Refused(new Failure.Invalid("invalid mode: " + mode));
      }
      String id = id(colon < 0 ? from : from.substring(0, colon));
      for (var mount : roster.container(id).mounts()) {
        if (mount.type().equals("image")) {
          continue; // its files are mounted for that container alone
        }
        mounts.removeIf(had -> had.point().destination().equals(mount.destination()));
        mounts.add(ResolvedMount.from(mount, subpath(id, mount), mode.equals("ro")));
      }
    }
    return mounts;
  }
}
