package argosy.engine.volume;

import argosy.engine.disk.Extraction;
import argosy.engine.disk.HeldFile;
import argosy.engine.disk.TreeArchive;
import argosy.engine.disk.TreeArchive.Selection;
import argosy.engine.failure.Done;
import argosy.engine.failure.Failure;
import argosy.engine.failure.Outcome;
import argosy.engine.failure.Refused;
import argosy.engine.protocol.QueueOutput;
import argosy.engine.volume.VolumeRequest.Create;
import argosy.engine.volume.VolumeRequest.Volume;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.japi.function.Function;
import org.apache.pekko.stream.OverflowStrategy;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.stream.javadsl.StreamConverters;
import org.apache.pekko.util.ByteString;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Volumes in and out, each on a platform thread of its own, for the calls are native. */
record VolumeArchives(ActorRef<Volumes.Command> volumes, ActorSystem<?> system)
    implements VolumeStreams {
  private static final Logger LOG = LoggerFactory.getLogger(VolumeArchives.class);
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  /** A client may send as slowly as it likes. */
  private static final Duration LONGEST = Duration.ofDays(7);

  private static final int CHUNKS = 4;
  private static final int BUFFER = 128 * 1024;
  private static final int STACK = 4 << 20;

  @Override
  public CompletionStage<Outcome<Export>> export(String name) {
    return work("export", answer -> visiting(name, "an export", volume -> write(volume, answer)));
  }

  private Export write(Volume volume, CompletableFuture<Outcome<Export>> answer) {
    var made =
        Source.<ByteString>queue(CHUNKS, OverflowStrategy.backpressure()).preMaterialize(system);
    var queue = made.first();
    var read = new CompletableFuture<Done>();
    var export = new Export(made.second(), read);
    try (var root = HeldFile.directory(Path.of(volume.mountpoint()))) {
      answer.complete(Outcome.ok(export));
      var out = new BufferedOutputStream(new QueueOutput(queue), BUFFER);
      var tar = new TreeArchive(out, Selection.WITH_HOLES);
      try {
        tar.add(root, ".");
        tar.finish();
        tar.close();
      } catch (IOException | RuntimeException e) {
        queue.fail(e); // so that its reader sees that it is not whole
        LOG.info("volume {} was not read to its end: {}", volume.name(), e.toString());
      }
    } finally {
      read.complete(new Done());
    }
    return export;
  }

  @Override
  public CompletionStage<Outcome<Volume>> restore(
      String name, boolean force, Source<ByteString, ?> archive) {
    return work(
        "import",
        _ -> {
          InputStream sent = archive.runWith(StreamConverters.asInputStream(LONGEST), system);
          try (sent) {
            return known(name)
                ? visiting(name, "an import", volume -> over(volume, force, sent))
                : fresh(name, sent);
          } catch (IOException e) {
            throw new Refused(new Failure.Internal("can not read the archive: " + e), e);
          }
        });
  }

  private boolean known(String name) {
    return this.<Volume>said(replyTo -> new VolumeUse.Look(name, replyTo))
        instanceof Outcome.Ok<Volume>;
  }

  /** Unpacked out of sight, and a volume when all is there. */
  private Volume fresh(String name, InputStream sent) {
    var wanted = new Create(name, "local", Map.of(), Map.of());
    Path staged = asked(replyTo -> new VolumeUse.Stage(wanted, replyTo));
    try {
      unpack(staged.resolve("_data"), sent);
    } catch (RuntimeException e) {
      asked((ActorRef<Outcome<Done>> replyTo) -> new VolumeUse.Drop(staged, replyTo));
      throw e;
    }
    return asked(replyTo -> new VolumeUse.Bring(wanted, staged, replyTo));
  }

  private static Volume over(Volume volume, boolean force, InputStream sent) {
    Path data = Path.of(volume.mountpoint());
    boolean empty = VolumeStore.isEmpty(data);
    if (!empty && !force) {
      throw new Refused(
          new Failure.Conflict(
              "volume %s is not empty: import with force to unpack over what it holds"
                  .formatted(volume.name())));
    }
    try {
      unpack(data, sent);
      return volume;
    } catch (RuntimeException e) {
      if (empty) {
        VolumeStore.wipe(data);
      }
      throw e;
    }
  }

  private static void unpack(Path data, InputStream sent) {
    Extraction.run(sent, HeldFile.directory(data), Extraction.Rules.faithful());
  }

  @FunctionalInterface
  private interface Visit<T> {
    T with(Volume volume) throws IOException;
  }

  /** Holds a volume, mounted, while something is done with it. */
  private <T> T visiting(String name, String what, Visit<T> visit) throws IOException {
    String visitor = what + " " + UUID.randomUUID().toString().substring(0, 8);
    Volume volume = asked(replyTo -> new VolumeUse.Visit(name, visitor, replyTo));
    try {
      asked((ActorRef<Outcome<Done>> replyTo) ->
          new VolumeUse.Mount(visitor, visitor, false, replyTo));
      return visit.with(volume);
    } finally {
      said((ActorRef<Outcome<Done>> replyTo) -> new VolumeUse.Unmount(visitor, replyTo));
      said((ActorRef<Outcome<Done>> replyTo) -> new VolumeUse.Release(visitor, false, replyTo));
    }
  }

  @FunctionalInterface
  private interface Work<T> {
    T run(CompletableFuture<Outcome<T>> answer) throws IOException;
  }

  private static <T> CompletionStage<Outcome<T>> work(String name, Work<T> work) {
    var answer = new CompletableFuture<Outcome<T>>();
    Runnable task =
        () -> {
          try {
            answer.complete(Outcome.ok(work.run(answer)));
          } catch (IOException | RuntimeException e) {
            answer.complete(Outcome.failed(e));
          }
        };
    new Thread(null, task, "volume-" + name, STACK).start();
    return answer;
  }

  private <T> T asked(Function<ActorRef<Outcome<T>>, Volumes.Command> message) {
    return switch (said(message)) {
      case Outcome.Ok<T>(var value) -> value;
      case Outcome.Failed<T>(var failure) -> throw new Refused(failure);
    };
  }

  private <T> Outcome<T> said(Function<ActorRef<Outcome<T>>, Volumes.Command> message) {
    return AskPattern.<Volumes.Command, Outcome<T>>ask(
            volumes, message, PATIENCE, system.scheduler())
        .toCompletableFuture()
        .join();
  }
}
