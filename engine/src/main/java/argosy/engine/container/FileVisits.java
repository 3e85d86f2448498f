package argosy.engine.container;

import argosy.engine.container.files.FileSite;
import argosy.engine.container.files.FileWork;
import argosy.engine.container.life.Moves;
import argosy.engine.container.mount.ResolvedMount;
import argosy.engine.disk.Extraction;
import argosy.engine.failure.Failure;
import argosy.engine.failure.Outcome;
import argosy.engine.failure.Refused;
import argosy.engine.runtime.UserLookup;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.UUID;
import org.apache.pekko.actor.typed.ActorRef;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Those who look at a container's files or change them. Each has a thread of its own, because it
 * may enter the container's mounts and because its client may be slow; its root stays mounted for
 * as long. Belongs to the container's actor, which nobody here makes wait.
 */
final class FileVisits {
  private static final Logger LOG = LoggerFactory.getLogger(FileVisits.class);
  private static final int STACK = 4 << 20;

  private final Standing standing;

  FileVisits(Standing standing) {
    this.standing = standing;
  }

  <T> void visit(StreamOrder.Visit<T> order) {
    if (standing.life() instanceof Lifecycle.Removing) {
      throw new Refused(
          new Failure.Conflict(
              "container %s is marked for removal and cannot be used".formatted(standing.id())));
    }
    var record = standing.record();
    var pid = Moves.pid(standing.life());
    var visitor = new Visitor<>(standing.around, standing.errands, record, pid, order);
    new Thread(null, visitor, "files-" + record.id().substring(0, 12), STACK).start();
  }

  /** One visit; everything it needs was true when it was let in. */
  private record Visitor<T>(
      Surroundings around,
      Errands errands,
      ContainerRecord record,
      OptionalInt pid,
      StreamOrder.Visit<T> order)
      implements Runnable {
    @Override
    public void run() {
      var asker = new Answering<>(around, record, order.replyTo());
      boolean durable = !record.spec().autoRemove();
      try (var held = around.roots().hold(record.id(), record.layers(), durable);
          var volumes = new Volumes(errands, record)) {
        volumes.mount();
        if (pid.isEmpty()) {
          record.mounts().stream()
              .filter(ResolvedMount::isImage)
              .forEach(mount -> Subpaths.image(around.roots(), record.id(), mount));
        }
        order.work().run(site(held.root()), asker);
      } catch (Exception e) {
        asker.failed(e);
      }
    }

    private FileSite site(Path root) {
      return new FileSite(
          order.reference(),
          pid,
          root,
          mounts(),
          record.spec().security().readonlyRootfs(),
          () -> record.spec().process().user().isEmpty() ? null : owner(root));
    }

    private List<ResolvedMount> mounts() {
      Path directory = around.containers().resolve(record.id());
      var mounts = new ArrayList<ResolvedMount>();
      EtcFiles.mounts(directory, record).stream()
          .filter(mount -> Files.exists(Path.of(mount.point().source())))
          .forEach(mounts::add);
      record.mounts().stream()
          .filter(mount -> !mount.point().type().equals("tmpfs"))
          .forEach(mounts::add);
      return mounts;
    }

    private Extraction.Owner owner(Path root) {
      var user = UserLookup.find(root, record.spec().process().user(), List.of());
      return new Extraction.Owner(user.uid(), user.gid());
    }
  }

  /** The container's volumes, mounted while its files are looked at. */
  private record Volumes(Errands errands, ContainerRecord record, String user)
      implements AutoCloseable {
    Volumes(Errands errands, ContainerRecord record) {
      this(errands, record, record.id() + " " + UUID.randomUUID());
    }

    void mount() {
      if (record.hasVolumes()) {
        errands.mountVolumes(record.id(), user, false);
      }
    }

    @Override
    public void close() {
      if (record.hasVolumes()) {
        errands.unmountVolumes(user);
      }
    }
  }

  private static final class Answering<T> implements FileWork.Asker<T> {
    private final Surroundings around;
    private final ContainerRecord record;
    private final ActorRef<Outcome<T>> replyTo;
    private boolean answered;

    Answering(Surroundings around, ContainerRecord record, ActorRef<Outcome<T>> replyTo) {
      this.around = around;
      this.record = record;
      this.replyTo = replyTo;
    }

    @Override
    public void answer(T value) {
      answered = true;
      replyTo.tell(Outcome.ok(value));
    }

    @Override
    public void happened(String action) {
      View.publish(record, action, Map.of(), around);
    }

    void failed(Exception thrown) {
      if (answered) {
        LOG.info(
            "an archive of container {} was not read to its end: {}",
            record.id(),
            thrown.toString());
      } else {
        replyTo.tell(Outcome.failed(thrown));
      }
    }
  }
}
