package argosy.engine.container;

import argosy.engine.container.life.StartFailure;
import argosy.engine.container.log.LogFiles;
import argosy.engine.container.mount.ResolvedMount;
import argosy.engine.container.mount.VolumeFilling;
import argosy.engine.container.stream.Client;
import argosy.engine.failure.Failure;
import argosy.engine.failure.Outcome;
import argosy.engine.failure.Refused;
import argosy.engine.network.Sandbox;
import argosy.engine.runtime.ContainerRuntime;
import argosy.engine.runtime.ContainerRuntime.Bundle;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way from a record to a running process, straight through on a virtual thread. Each step says
 * how it is undone; when one fails, all before it are.
 *
 * @param before the end of the clearing up after the run before this one
 * @param waiting clients to connect before the process runs, so that they miss nothing
 * @param joined notes the network down, before anything runs in it
 * @param onExit told the pid and how it ended
 * @param pidOf the first process of another container, by id
 * @param find another container, by name or id
 */
record Launch(
    ContainerRecord record,
    Surroundings around,
    Errands errands,
    CompletableFuture<Void> before,
    List<Client> waiting,
    Consumer<Sandbox> joined,
    BiConsumer<Integer, ContainerRuntime.Exit> onExit,
    Function<String, Integer> pidOf,
    Function<String, Container> find) {
  private static final String CONTAINER = "container:";
  private static final String SHM = "/dev/shm";

  /** Bytes; Docker's default. */
  private static final long SHM_SIZE = 64L << 20;

  private static final Logger LOG = LoggerFactory.getLogger(Launch.class);

  /** The process runs. */
  record Up(int pid, Sandbox sandbox) {}

  /** It could not be started, and nothing is left of the attempt. */
  static final class Failed extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final transient StartFailure why;

    Failed(StartFailure why, Throwable cause) {
      super(why.failure().message(), cause);
      this.why = why;
    }

    StartFailure why() {
      return why;
    }
  }

  /** Blocks until the process runs its command; throws {@link Failed}. */
  Up run() {
    Deque<Runnable> undo = new ArrayDeque<>();
    try {
      before.join();
      return steps(undo);
    } catch (RuntimeException e) {
      undo.forEach(Launch::quietly);
      throw e instanceof Failed failed ? failed : new Failed(StartFailure.of(e), e);
    }
  }

  /** What became of it, as the container's actor is told. */
  static ContainerActor.Command told(@Nullable Up up, @Nullable Throwable thrown) {
    if (up != null) {
      return new ContainerActor.Launched(Outcome.ok(up), 0);
    }
    Throwable cause =
        thrown instanceof CompletionException && thrown.getCause() != null
            ? thrown.getCause()
            : thrown;
    return cause instanceof Failed failed
        ? new ContainerActor.Launched(Outcome.failed(failed.why().failure()), failed.why().code())
        : new ContainerActor.Launched(
            Outcome.failed(cause == null ? new IllegalStateException("no answer") : cause), 128);
  }

  private static void quietly(Runnable step) {
    try {
      step.run();
    } catch (RuntimeException e) {
      LOG.warn("clearing up after a failed start: {}", e.toString());
    }
  }

  private Up steps(Deque<Runnable> undo) {
    String id = record.id();
    String hostname = hostname();
    undo.push(() -> errands.leave(id));
    var joining =
        CompletableFuture.supplyAsync(() -> errands.join(record, hostname), around.blocking());
    Path root;
    try {
      if (record.hasVolumes()) {
        undo.push(() -> errands.unmountVolumes(id));
        errands.mountVolumes(id, id, false);
      }
      undo.push(() -> around.roots().unmount(id));
      root = around.roots().mount(id, record.layers(), !record.spec().autoRemove());
      prepareMounts(root);
    } finally {
      joining.exceptionally(_ -> null).join();
    }
    Sandbox sandbox = joining.join();
    joined.accept(sandbox);
    var volumes = new VolumeNews(record, around);
    undo.push(volumes::unmounted);
    volumes.mounted();
    Path directory = around.containers().resolve(id);
    var links = BridgeLinks.of(record, sandbox, find);
    EtcFiles.write(directory, record, hostname, sandbox, links.hosts());
    var mounts = new ArrayList<>(EtcFiles.mounts(directory, record));
    mounts.addAll(record.mounts());
    shm().ifPresent(mounts::add);
    byte[] config =
        around
            .blueprints()
            .config(
                new Blueprints.Building(
                    id,
                    record.spec().with(links.variables()),
                    root,
                    hostname,
                    sandbox,
                    new Subpaths(around.roots(), id).in(mounts),
                    pidOf));
    return new Up(process(config, undo), sandbox);
  }

  private int process(byte[] config, Deque<Runnable> undo) {
    String id = record.id();
    var runtime = around.runtime();
    try {
      mendLog();
      int pid = runtime.create(bundle(config));
      undo.push(() -> runtime.delete(id));
      waiting.stream()
          .filter(client -> !client.isGone())
          .forEach(client -> client.connect(listener -> runtime.attach(id, listener)));
      runtime.onExit(id, pid, exit -> onExit.accept(pid, exit));
      runtime.start(id);
      return pid;
    } catch (RuntimeException e) {
      throw new Failed(StartFailure.ofRuntime(e), e);
    }
  }

  private void mendLog() {
    if (record.spec().log().driver().equals("none")) {
      return;
    }
    try {
      new LogFiles(around.log(record)).mend();
    } catch (IOException e) {
      throw new UncheckedIOException("can not write the log: " + e.getMessage(), e);
    }
  }

  private Bundle bundle(byte[] config) {
    var stdio = record.spec().process().stdio();
    return new Bundle(
        record.id(),
        config,
        around.log(record),
        stdio.tty(),
        stdio.openStdin(),
        stdio.stdinOnce(),
        record.spec().runtime());
  }

  /** Who shares System V memory shares POSIX memory too: the giver's lies on the host. */
  private Optional<ResolvedMount> shm() {
    String ipc = record.spec().isolation().ipc();
    boolean taken =
        record.mounts().stream().anyMatch(mount -> mount.point().destination().equals(SHM));
    if (taken || !ipc.equals("shareable") && !ipc.startsWith(CONTAINER)) {
      return Optional.empty();
    }
    long asked = record.spec().resources().memory().shmSize();
    Path source =
        ipc.startsWith(CONTAINER)
            ? around.roots().sharedMemory(ipc.substring(CONTAINER.length()))
            : around.roots().sharedMemory(record.id(), asked > 0 ? asked : SHM_SIZE);
    return Optional.of(ResolvedMount.unlisted(source.toString(), SHM, true));
  }

  private String hostname() {
    String named = record.spec().identity().hostname();
    if (!named.isEmpty()) {
      return named;
    }
    String mode = record.spec().network().mode();
    Path file =
        mode.startsWith("container:")
            ? around.containers().resolve(mode.substring("container:".length())).resolve("hostname")
            : Path.of("/proc/sys/kernel/hostname");
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new UncheckedIOException("can not read the host name in " + file, e);
    }
  }

  private void prepareMounts(Path root) {
    for (ResolvedMount mount : record.mounts()) {
      if (mount.createSource()) {
        directory(mount.point().source());
      }
      if (mount.copyUp()) {
        VolumeFilling.fill(Path.of(mount.point().source()), root, mount.point().destination());
      }
    }
  }

  private static void directory(String source) {
    Path path = Path.of(source);
    try {
      if (!Files.exists(path)) {
        Files.createDirectories(path);
      }
    } catch (IOException e) {
      throw new Refused(
          new Failure.Internal(
              "error while creating mount source path '" + source + "': " + e.getMessage()),
          e);
    }
  }
}
