package argosy.engine.image.transfer;

import argosy.engine.disk.Digest;
import argosy.engine.failure.Failure;
import argosy.engine.failure.Refused;
import argosy.engine.image.ImageRef;
import argosy.engine.image.ImageStreams.Progress;
import argosy.engine.image.manifest.Descriptor;
import argosy.engine.image.manifest.Manifest;
import argosy.engine.image.manifest.ManifestDocument;
import argosy.engine.image.store.Arrival;
import argosy.engine.image.store.Catalog;
import argosy.engine.image.store.StoredImage;
import argosy.engine.registry.Credentials;
import argosy.engine.registry.Destination;
import argosy.engine.registry.Refusal;
import argosy.engine.registry.Unreachable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** {@code docker push} of a repository's tags, with the lines Docker prints. */
public final class Push implements Work {
  private final Catalog catalog;
  private final Shelves shelves;
  private final ImageRef name;
  private final Credentials credentials;
  private final Executor blocking;

  /**
   * What to push.
   *
   * @param catalog the images there are
   * @param name without a tag for all tags of the repository
   * @param blocking where layers are sent beside each other
   */
  public Push(
      Catalog catalog, Shelves shelves, ImageRef name, Credentials credentials, Executor blocking) {
    this.catalog = catalog;
    this.shelves = shelves;
    this.name = name;
    this.credentials = credentials;
    this.blocking = blocking;
  }

  @Override
  public void run(Intake intake, Consumer<Progress> report) {
    report.accept(Progress.status("The push refers to repository [" + name.name() + "]"));
    var tags = tags();
    try {
      var destination = shelves.registries().destination(name.domain(), name.path(), credentials);
      for (ImageRef tag : tags) {
        push(tag, destination, intake, report);
      }
    } catch (Refusal refusal) {
      throw new Refused(failure(refusal), refusal);
    } catch (Unreachable unreachable) {
      throw new Refused(new Failure.Internal(unreachable.sentence()), unreachable);
    }
  }

  private static Failure failure(Refusal refusal) {
    return switch (refusal.code()) {
      case "UNAUTHORIZED" ->
          new Failure.Unauthorized(
              refusal.sentence().contains("no basic auth")
                  ? "no basic auth credentials"
                  : refusal.words());
      case "DENIED" -> new Failure.Forbidden(refusal.words());
      default -> new Failure.Internal(refusal.words());
    };
  }

  private List<ImageRef> tags() {
    var tags =
        catalog.names().keySet().stream()
            .map(ImageRef::parse)
            .filter(known -> known.digest() == null && known.name().equals(name.name()))
            .filter(known -> name.tag() == null || known.wanted().equals(name.tag()))
            .sorted((one, other) -> one.wanted().compareTo(other.wanted()))
            .toList();
    if (tags.isEmpty()) {
      String shown = name.tag() == null ? name.familiarName() : name.familiar();
      throw new Refused(
          new Failure.NotFound("An image does not exist locally with the tag: " + shown));
    }
    return tags;
  }

  private void push(
      ImageRef tag, Destination destination, Intake intake, Consumer<Progress> report) {
    var image = catalog.find(tag.canonical());
    var layers =
        new LayerPush(shelves, destination, new Origins(catalog, name), blocking, intake, report)
            .push(held(image, intake), image.image().diffIds());
    var config = Digest.parse(image.id());
    if (!destination.has(image.id())) {
      destination.upload(
          image.id(), shelves.blobs().size(config), LayerPush.content(shelves.blobs(), config));
    }
    var manifest = manifest(image, layers);
    destination.manifest(tag.wanted(), manifest.mediaType(), manifest.bytes());
    report.accept(
        Progress.status(
            "%s: digest: %s size: %d"
                .formatted(tag.wanted(), manifest.digest(), manifest.bytes().length)));
    report.accept(
        Progress.aux(tag.wanted(), manifest.digest().toString(), manifest.bytes().length));
    intake.add(
        new Arrival(
            image.id(),
            null,
            List.of(tag.withDigest(manifest.digest().toString())),
            "push",
            tag.familiar()));
  }

  /** What there is of each layer: as this image brought it, else packed, else plain. */
  private List<LayerPush.Held> held(StoredImage image, Intake intake) {
    var layers = new ArrayList<LayerPush.Held>();
    var held = new ArrayList<>(List.of(image.id()));
    for (StoredImage.Layer layer : image.layers()) {
      intake.hold(List.of(layer.blob()));
      boolean asItCame =
          !layer.mediaType().endsWith(".tar") && shelves.blobs().has(Digest.parse(layer.blob()));
      var present = asItCame ? layer : Save.present(catalog, shelves, layer);
      layers.add(new LayerPush.Held(layer, present));
      held.add(present.blob());
    }
    intake.hold(held);
    return layers;
  }

  /** The one it came with, if it still says what is sent. */
  private ManifestDocument manifest(StoredImage image, List<Descriptor> layers) {
    String digest = image.manifest();
    if (digest != null && shelves.blobs().has(Digest.parse(digest))) {
      byte[] bytes = shelves.blobs().bytes(Digest.parse(digest));
      if (Manifest.parse(bytes) instanceof Manifest.Single single
          && single.layers().stream()
              .map(Descriptor::digest)
              .toList()
              .equals(layers.stream().map(Descriptor::digest).toList())) {
        return ManifestDocument.asItCame(bytes);
      }
    }
    var config = Digest.parse(image.id());
    return ManifestDocument.of(new Descriptor("", config, shelves.blobs().size(config)), layers);
  }
}
