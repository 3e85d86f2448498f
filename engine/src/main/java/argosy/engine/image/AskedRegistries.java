package argosy.engine.image;

import argosy.engine.disk.Digest;
import argosy.engine.failure.Failure;
import argosy.engine.failure.Outcome;
import argosy.engine.failure.Refused;
import argosy.engine.image.ImageStreams.RegistryAuth;
import argosy.engine.image.manifest.ConfigFile;
import argosy.engine.image.manifest.Manifest;
import argosy.engine.image.manifest.Platform;
import argosy.engine.registry.Credentials;
import argosy.engine.registry.Refusal;
import argosy.engine.registry.Registries;
import argosy.engine.registry.Repository;
import argosy.engine.registry.Unreachable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Asks with the same client that pulls and pushes; {@code look}: where that client is. */
record AskedRegistries(Supplier<CompletionStage<ImageTransfers.Seen>> look, Executor blocking)
    implements ImageRegistries {
  private static final int LARGEST_CONFIG = 8 << 20;

  @Override
  public CompletionStage<Outcome<String>> login(String address, RegistryAuth auth) {
    return ask(registries -> registries.login(address, AskedImageStreams.credentials(auth)));
  }

  @Override
  public CompletionStage<Outcome<RemoteImage>> look(String reference, @Nullable RegistryAuth auth) {
    return ask(registries -> {
      var name = ImageRef.parse(reference).tagged();
      return remote(registries, name, AskedImageStreams.credentials(auth));
    });
  }

  @Override
  public CompletionStage<Outcome<List<Hit>>> search(
      String term, int limit, @Nullable RegistryAuth auth) {
    return ask(registries ->
        registries.search(term, limit, AskedImageStreams.credentials(auth)).stream()
            .map(hit ->
                new Hit(
                    hit.name(), hit.description(), hit.stars(), hit.official(), hit.automated()))
            .toList());
  }

  private <T> CompletionStage<Outcome<T>> ask(Function<Registries, T> question) {
    return look.get()
        .thenApplyAsync(
            seen -> {
              try {
                return Outcome.ok(question.apply(seen.shelves().registries()));
              } catch (Refusal refusal) {
                return Outcome.<T>failed(failure(refusal));
              } catch (Unreachable unreachable) {
                return Outcome.<T>failed(new Failure.Internal(unreachable.sentence()));
              }
            },
            blocking)
        .exceptionally(Outcome::failed);
  }

  private static Failure failure(Refusal refusal) {
    return switch (refusal.status()) {
      case 401 ->
          new Failure.Unauthorized(
              refusal.sentence().contains("/v2/") ? refusal.sentence() : refusal.words());
      case 403 -> new Failure.Forbidden(refusal.words());
      case 404 -> new Failure.NotFound(words(refusal));
      default -> new Failure.Internal(words(refusal));
    };
  }

  private static String words(Refusal refusal) {
    return refusal.code().equals("UNKNOWN") ? refusal.sentence() : refusal.words();
  }

  /** From the registry itself: a mirror may not know the newest. */
  private static RemoteImage remote(Registries registries, ImageRef name, Credentials credentials) {
    var repository = registries.sources(name.domain(), name.path(), credentials).getLast().open();
    byte[] bytes = repository.manifest(name.wanted(), Manifest.MEDIA_TYPES);
    var digest = Digest.of(bytes);
    if (Digest.isDigest(name.wanted()) && !digest.toString().equals(name.wanted())) {
      throw new Refused(
          new Failure.Invalid("manifest verification failed for digest " + name.wanted()));
    }
    var platforms =
        switch (Manifest.parse(bytes)) {
          case Manifest.Index index ->
              index.offers().stream().map(Manifest.Offer::platform).toList();
          case Manifest.Single single -> List.of(platform(repository, single));
        };
    return new RemoteImage(Manifest.mediaType(bytes), digest.toString(), bytes.length, platforms);
  }

  private static Platform platform(Repository repository, Manifest.Single single) {
    var config = single.config().digest();
    try (var in = repository.blob(config.toString())) {
      byte[] bytes = in.readNBytes(LARGEST_CONFIG);
      if (!Digest.of(bytes).equals(config)) {
        throw new Refused(
            new Failure.Invalid("image config verification failed for digest " + config));
      }
      return ConfigFile.parse(bytes).platform();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
