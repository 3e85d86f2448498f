package argosy.engine.image.transfer;

import argosy.engine.disk.Digest;
import argosy.engine.failure.Failure;
import argosy.engine.failure.Refused;
import argosy.engine.image.ImageRef;
import argosy.engine.image.ImageStreams.Progress;
import argosy.engine.image.manifest.ConfigFile;
import argosy.engine.image.manifest.Descriptor;
import argosy.engine.image.manifest.Manifest;
import argosy.engine.image.manifest.Platform;
import argosy.engine.image.store.Arrival;
import argosy.engine.image.store.StoredImage;
import argosy.engine.registry.Credentials;
import argosy.engine.registry.Refusal;
import argosy.engine.registry.Registries;
import argosy.engine.registry.Repository;
import argosy.engine.registry.Unreachable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code docker pull} of one name, with the lines Docker prints. */
public final class Pull implements Work {
  private static final Logger LOG = LoggerFactory.getLogger(Pull.class);
  private static final int LARGEST_CONFIG = 8 << 20;

  private final Shelves shelves;
  private final Wanted wanted;
  private final Executor blocking;

  /**
   * What to pull.
   *
   * @param name with a tag or a digest; without, every tag of the repository is meant
   * @param platform null for whatever there is for this machine
   */
  public record Wanted(ImageRef name, @Nullable Platform platform, Credentials credentials) {
    Platform choice() {
      return platform == null ? Platform.host() : platform;
    }
  }

  /** {@code blocking}: where layers are fetched beside each other. */
  public Pull(Shelves shelves, Wanted wanted, Executor blocking) {
    this.shelves = shelves;
    this.wanted = wanted;
    this.blocking = blocking;
  }

  @Override
  public void run(Intake intake, Consumer<Progress> report) {
    var name = wanted.name();
    var sources = shelves.registries().sources(name.domain(), name.path(), wanted.credentials());
    for (Registries.Source mirror : sources.subList(0, sources.size() - 1)) {
      try {
        pull(mirror.open(), intake, report);
        return;
      } catch (Refused | Refusal | Unreachable | UncheckedIOException e) {
        if (Thread.currentThread().isInterrupted()) {
          throw e;
        }
        LOG.info("a mirror does not give {}: {}", name.familiar(), e.getMessage());
      }
    }
    try {
      pull(sources.getLast().open(), intake, report);
    } catch (Refusal refusal) {
      throw translated(refusal);
    } catch (Unreachable unreachable) {
      throw new Refused(new Failure.Internal(unreachable.sentence()), unreachable);
    }
  }

  private void pull(Repository repository, Intake intake, Consumer<Progress> report) {
    var name = wanted.name();
    boolean all = name.tag() == null && name.digest() == null;
    boolean fresh = false;
    for (ImageRef one : all ? every(repository) : List.of(name)) {
      fresh |= pull(one, repository, intake, report);
    }
    report.accept(
        Progress.status(
            (fresh ? "Status: Downloaded newer image for " : "Status: Image is up to date for ")
                + (all ? name.familiarName() : name.familiar())));
  }

  private List<ImageRef> every(Repository repository) {
    return repository.tags().stream().map(wanted.name()::withTag).toList();
  }

  private boolean pull(
      ImageRef name, Repository repository, Intake intake, Consumer<Progress> report) {
    var there = here(name, repository, intake);
    var found = there == null ? resolve(name, repository) : null;
    report.accept(
        Progress.of(
            name.digest() == null ? name.wanted() : name.canonical(),
            "Pulling from " + name.path()));
    boolean fresh = found != null && bring(name, found, intake, report);
    report.accept(Progress.status("Digest: " + (found == null ? there : found.digest())));
    return fresh;
  }

  /**
   * The digest a tag stands for, where its image is here: then nothing is fetched that a registry
   * counts as a pull. Null where it has to be.
   */
  private @Nullable Digest here(ImageRef name, Repository repository, Intake intake) {
    if (name.digest() != null) {
      return null;
    }
    var digest = repository.digest(name.wanted(), Manifest.MEDIA_TYPES).filter(Digest::isDigest);
    var image =
        digest
            .flatMap(known -> intake.named(name.withDigest(known)))
            .filter(known -> wanted.choice().equals(platform(known)));
    if (digest.isEmpty() || image.isEmpty()) {
      return null;
    }
    var found = Digest.parse(digest.get());
    intake.add(new Arrival(image.get().id(), null, names(name, found), "pull", name.familiar()));
    return found;
  }

  private static Platform platform(StoredImage image) {
    var made = image.image();
    return Platform.of(
        made.os(), made.architecture(), Objects.requireNonNullElse(made.variant(), ""));
  }

  /** A manifest that was found; {@code digest}: what the name stands for, an index it may be. */
  private record Found(
      Repository repository, Digest digest, Manifest.Single manifest, byte[] bytes) {}

  private Found resolve(ImageRef name, Repository repository) {
    byte[] bytes = manifest(repository, name.wanted());
    var digest = Digest.of(bytes);
    return switch (Manifest.parse(bytes)) {
      case Manifest.Single single -> new Found(repository, digest, single, bytes);
      case Manifest.Index index -> {
        var chosen = index.choose(wanted.choice()).manifest().digest();
        byte[] inner = manifest(repository, chosen.toString());
        if (!(Manifest.parse(inner) instanceof Manifest.Single single)) {
          throw new Refused(new Failure.Invalid("an index inside an index is not supported"));
        }
        yield new Found(repository, digest, single, inner);
      }
    };
  }

  private static byte[] manifest(Repository repository, String reference) {
    byte[] bytes = repository.manifest(reference, Manifest.MEDIA_TYPES);
    if (Digest.isDigest(reference) && !Digest.of(bytes).toString().equals(reference)) {
      throw new Refused(
          new Failure.Invalid("manifest verification failed for digest " + reference));
    }
    return bytes;
  }

  /** Docker's sentences for what registries refuse. */
  private Refused translated(Refusal refusal) {
    var name = wanted.name();
    String cause = refusal.words();
    return new Refused(
        switch (refusal.code()) {
          case "MANIFEST_UNKNOWN" ->
              new Failure.NotFound("manifest for " + name.familiar() + " not found: " + cause);
          case "NAME_UNKNOWN" ->
              new Failure.NotFound("repository " + name.familiarName() + " not found: " + cause);
          case "DENIED" ->
              new Failure.NotFound(
                  "pull access denied for "
                      + name.familiarName()
                      + ", repository does not exist or may require 'docker login': "
                      + cause);
          default ->
              new Failure.Internal(
                  refusal.sentence().contains("no basic auth") ? refusal.sentence() : cause);
        },
        refusal);
  }

  private boolean bring(ImageRef name, Found found, Intake intake, Consumer<Progress> report) {
    String id = found.manifest().config().digest().toString();
    var known = intake.image(id);
    if (known.isPresent()) {
      intake.add(new Arrival(id, null, names(name, found.digest()), "pull", name.familiar()));
      return false;
    }
    String manifest = Digest.of(found.bytes()).toString();
    var held = new ArrayList<>(List.of(id, manifest));
    found.manifest().layers().forEach(layer -> held.add(layer.digest().toString()));
    intake.hold(held);
    shelves.blobs().put(found.bytes());
    var config = config(found);
    intake.hold(Digest.chain(config.diffIds()).stream().map(Digest::toString).toList());
    var layers =
        new LayerFetch(shelves, found.repository(), blocking, report)
            .fetch(found.manifest().layers(), config.diffIds());
    shelves.layers().settle();
    var image =
        new StoredImage(
            config.image(layers.stream().map(StoredImage.Layer::unpacked).toList()),
            manifest,
            layers,
            shelves.clock().instant(),
            false);
    intake.add(new Arrival(id, image, names(name, found.digest()), "pull", name.familiar()));
    return true;
  }

  /** The tag that was asked for, and always the digest it stood for. */
  private static List<ImageRef> names(ImageRef name, Digest stoodFor) {
    var digest = name.withDigest(stoodFor.toString());
    return name.digest() != null ? List.of(digest) : List.of(name, digest);
  }

  private ConfigFile config(Found found) {
    Descriptor descriptor = found.manifest().config();
    if (descriptor.size() > LARGEST_CONFIG) {
      throw new Refused(new Failure.Invalid("the image's configuration is larger than 8 MB"));
    }
    try (var in = found.repository().blob(descriptor.digest().toString())) {
      shelves.blobs().put(in, descriptor.digest(), _ -> {});
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    var config = ConfigFile.parse(shelves.blobs().bytes(descriptor.digest()));
    refuseOtherPlatform(config.platform());
    return config;
  }

  /** Only a platform that was asked for by name has to be the image's. */
  private void refuseOtherPlatform(Platform actual) {
    var asked = wanted.platform();
    if (asked != null && !asked.runs(actual)) {
      throw new Refused(
          new Failure.NotFound(
              "image with reference %s was found but does not match the specified platform: wanted %s, actual: %s"
                  .formatted(wanted.name().familiar(), asked, actual)));
    }
  }
}
