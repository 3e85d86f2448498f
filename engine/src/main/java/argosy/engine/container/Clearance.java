package argosy.engine.container;

import argosy.engine.container.life.Move;
import argosy.engine.disk.FileTree;
import argosy.engine.network.Sandbox;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the engine's start takes away: everything of containers that no record knows, and what those
 * that do not run still hold.
 */
record Clearance(Surroundings around, Errands errands) {
  private static final Logger LOG = LoggerFactory.getLogger(Clearance.class);

  /** Tells the networks who runs, then removes the leftovers; blocks. */
  boolean run(List<Container> known) {
    List<Sandbox> running =
        known.stream()
            .filter(container -> Move.alive(container.state()))
            .map(Container::sandbox)
            .filter(Objects::nonNull)
            .toList();
    var ids = known.stream().map(Container::id).collect(Collectors.toSet());
    errands.adopt(running, ids);
    Set<String> leftovers = leftovers();
    leftovers.removeAll(ids);
    settleVolumes(leftovers);
    leftovers.forEach(this::remove);
    running.forEach(container -> ids.remove(container.container()));
    ids.retainAll(around.roots().mounted());
    ids.forEach(this::unmount);
    return true;
  }

  /** Takes the anonymous volumes along of those whose making or removal a crash cut short. */
  private void settleVolumes(Set<String> leftovers) {
    var partings = Parting.in(around.containers());
    try {
      errands.settleVolumes(
          leftovers.stream()
              .flatMap(id -> partings.get(id).stream())
              .flatMap(parting -> parting.volumes().stream())
              .toList());
    } catch (RuntimeException e) {
      LOG.warn("can not clear up the volumes: {}", e.toString());
    }
  }

  /** A daemon that is killed in the middle of a start leaves a mount and nothing to tell of it. */
  private void unmount(String id) {
    try {
      around.roots().unmount(id);
    } catch (RuntimeException e) {
      LOG.warn("can not unmount the root of container {}: {}", id, e.toString());
    }
  }

  private Path directory(String id) {
    return around.containers().resolve(id);
  }

  private Set<String> leftovers() {
    var leftovers = new HashSet<String>();
    leftovers.addAll(around.runtime().remains());
    leftovers.addAll(around.roots().remains());
    if (Files.isDirectory(around.containers())) {
      try (var directories = Files.newDirectoryStream(around.containers())) {
        directories.forEach(path -> leftovers.add(path.getFileName().toString()));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return leftovers;
  }

  private void remove(String id) {
    try {
      around.runtime().delete(id);
      around.roots().remove(id);
      FileTree.delete(directory(id));
      LOG.info("removed what was left of container {}", id);
    } catch (RuntimeException e) {
      LOG.warn("can not remove what is left of container {}: {}", id, e.toString());
    }
  }
}
