package argosy.engine.image;

import argosy.engine.failure.Done;
import argosy.engine.failure.Outcome;
import argosy.engine.failure.Refused;
import argosy.engine.image.manifest.Platform;
import argosy.engine.image.transfer.Import;
import argosy.engine.image.transfer.ImportSource;
import argosy.engine.image.transfer.Load;
import argosy.engine.image.transfer.Pull;
import argosy.engine.image.transfer.Push;
import argosy.engine.image.transfer.Save;
import argosy.engine.image.transfer.Shelves;
import argosy.engine.image.transfer.Work;
import argosy.engine.protocol.QueueOutput;
import argosy.engine.registry.Credentials;
import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.stream.OverflowStrategy;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.stream.javadsl.SourceQueueWithComplete;
import org.apache.pekko.stream.javadsl.StreamConverters;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;

/** The image streams over the store's actor. */
record AskedImageStreams(ActorRef<Images.Command> images, ActorSystem<?> system, Executor blocking)
    implements ImageStreams {
  /** An upload's first line may come only when all of it is read. */
  private static final Duration UPLOAD = Duration.ofDays(7);

  /** A pull's first line comes when its manifest has, or the registry's no. */
  private static final Duration PULL = Duration.ofMinutes(10);

  private static final int CHUNK = 64 * 1024;
  private static final int CHUNKS = 4;
  private static final Duration QUESTION = Duration.ofMinutes(1);

  /** What makes two pulls the same. */
  private record PullKey(
      ImageRef reference, @Nullable Platform platform, @Nullable RegistryAuth auth) {}

  @Override
  public CompletionStage<Outcome<Source<Progress, NotUsed>>> pull(
      String reference, @Nullable String platform, @Nullable RegistryAuth auth) {
    return guarded(() -> pull(ImageRef.parse(reference).tagged(), platform(platform), auth));
  }

  @Override
  public CompletionStage<Outcome<Source<Progress, NotUsed>>> pullAll(
      String repository, @Nullable String platform, @Nullable RegistryAuth auth) {
    return guarded(() -> pull(ImageRef.parse(repository), platform(platform), auth));
  }

  private CompletionStage<Outcome<Source<Progress, NotUsed>>> pull(
      ImageRef name, @Nullable Platform wanted, @Nullable RegistryAuth auth) {
    return join(
        new PullKey(name, wanted, auth),
        shelves -> new Pull(shelves, new Pull.Wanted(name, wanted, credentials(auth)), blocking),
        PULL);
  }

  /** What makes two pushes the same. */
  private record PushKey(ImageRef reference, @Nullable RegistryAuth auth) {}

  @Override
  public CompletionStage<Outcome<Source<Progress, NotUsed>>> push(
      String reference, @Nullable RegistryAuth auth) {
    return guarded(() -> {
      var name = ImageRef.parse(reference);
      return look()
          .thenCompose(seen ->
              join(
                  new PushKey(name, auth),
                  shelves -> new Push(seen.catalog(), shelves, name, credentials(auth), blocking),
                  PULL));
    });
  }

  @Override
  public ImageRegistries registries() {
    return new AskedRegistries(this::look, blocking);
  }

  private CompletionStage<ImageTransfers.Seen> look() {
    return AskPattern.ask(images, ImageTransfers.Look::new, QUESTION, system.scheduler());
  }

  /** Null where nobody asked for one. */
  private static @Nullable Platform platform(@Nullable String platform) {
    return platform == null || platform.isEmpty() ? null : Platform.parse(platform);
  }

  static Credentials credentials(@Nullable RegistryAuth auth) {
    return auth == null
        ? Credentials.NONE
        : new Credentials(
            auth.username(), auth.password(), auth.identityToken(), auth.registryToken());
  }

  @Override
  public CompletionStage<Outcome<Source<Progress, NotUsed>>> load(
      Source<ByteString, ?> archive, @Nullable String platform) {
    return guarded(() -> {
      var wanted = platform(platform);
      return upload(archive, (shelves, in) -> new Load(shelves, in, wanted, blocking));
    });
  }

  @Override
  public CompletionStage<Outcome<Source<Progress, NotUsed>>> importArchive(
      Source<ByteString, ?> archive, ImportOrder order) {
    return guarded(() -> {
      Import.check(order);
      return upload(
          archive, (shelves, in) -> new Import(shelves, new ImportSource.Upload(in), order));
    });
  }

  @Override
  public CompletionStage<Outcome<Source<Progress, NotUsed>>> importUrl(
      String url, ImportOrder order) {
    return guarded(() -> {
      Import.check(order);
      var source = new ImportSource.Web(url);
      source.uri();
      return join(UUID.randomUUID(), shelves -> new Import(shelves, source, order), PULL);
    });
  }

  /** Whoever reads the archive waits on a thread of its own; the source waits for the reader. */
  private CompletionStage<Outcome<Source<Progress, NotUsed>>> upload(
      Source<ByteString, ?> archive, BiFunction<Shelves, InputStream, Work> work) {
    InputStream in = archive.runWith(StreamConverters.asInputStream(UPLOAD), system);
    return join(
        UUID.randomUUID(),
        shelves ->
            (intake, report) -> {
              try (in) {
                work.apply(shelves, in).run(intake, report);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            },
        UPLOAD);
  }

  private CompletionStage<Outcome<Source<Progress, NotUsed>>> join(
      Object key, Function<Shelves, Work> work, Duration patience) {
    return AskPattern.<Images.Command, Outcome<Source<Progress, NotUsed>>>ask(
            images,
            replyTo -> new ImageTransfers.Join(key, work, replyTo),
            patience,
            system.scheduler())
        .exceptionally(Outcome::failed);
  }

  @Override
  public CompletionStage<Outcome<Source<ByteString, NotUsed>>> save(
      List<String> references, @Nullable String platform) {
    String transfer = "save-" + UUID.randomUUID();
    return guarded(() -> {
      var wanted = platform(platform);
      return look()
          .thenCompose(
              seen -> hold(transfer, Save.of(seen.catalog(), seen.shelves(), references, wanted)))
          // what was removed before it was held is missed now and not half way
          .thenCompose(_ -> look())
          .thenApply(seen -> Save.of(seen.catalog(), seen.shelves(), references, wanted))
          .<Outcome<Source<ByteString, NotUsed>>>thenApply(
              save -> Outcome.ok(source(transfer, save)))
          .exceptionally(thrown -> {
            images.tell(new ImageTransfers.Over(transfer));
            return Outcome.failed(thrown);
          });
    });
  }

  private CompletionStage<Save> hold(String transfer, Save save) {
    return AskPattern.<Images.Command, Done>ask(
            images,
            replyTo -> new ImageTransfers.Hold(transfer, save.digests(), replyTo),
            QUESTION,
            system.scheduler())
        .thenApply(_ -> save);
  }

  private Source<ByteString, NotUsed> source(String transfer, Save save) {
    var made =
        Source.<ByteString>queue(CHUNKS, OverflowStrategy.backpressure()).preMaterialize(system);
    var queue = made.first();
    blocking.execute(() -> write(save, queue));
    return made.second()
        .watchTermination((notUsed, done) -> {
          done.whenComplete((_, _) -> images.tell(new ImageTransfers.Over(transfer)));
          return notUsed;
        });
  }

  /** What breaks off must not look whole; a reader that went away knows it already. */
  private void write(Save save, SourceQueueWithComplete<ByteString> queue) {
    try {
      save.write(new BufferedOutputStream(new KeptOpen(new QueueOutput(queue)), CHUNK));
      images.tell(new ImageTransfers.Saved(save.ids()));
      queue.complete();
    } catch (UncheckedIOException e) {
      system.log().info("a saved archive was not read to its end: {}", e.getMessage());
      queue.fail(e);
    }
  }

  /** Its end is told apart from its breaking off. */
  private static final class KeptOpen extends FilterOutputStream {
    KeptOpen(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
    }

    @Override
    public void close() throws IOException {
      out.flush();
    }
  }

  private static <T> CompletionStage<Outcome<T>> guarded(
      Supplier<CompletionStage<Outcome<T>>> work) {
    try {
      return work.get();
    } catch (Refused refused) {
      return CompletableFuture.completedFuture(Outcome.failed(refused));
    }
  }
}
