package argosy.engine.image.transfer;

import argosy.engine.archive.Compression;
import argosy.engine.disk.Blobs;
import argosy.engine.disk.Digest;
import argosy.engine.disk.Json;
import argosy.engine.failure.Failure;
import argosy.engine.failure.Refused;
import argosy.engine.image.ImageRef;
import argosy.engine.image.ImageStreams.Progress;
import argosy.engine.image.manifest.ConfigFile;
import argosy.engine.image.manifest.Manifest;
import argosy.engine.image.manifest.Platform;
import argosy.engine.image.store.Arrival;
import argosy.engine.image.store.StoredImage;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** {@code docker load}: images out of a {@code docker save} archive or an OCI image layout. */
public final class Load implements Work {
  private static final long LARGEST_CONFIG = 8 << 20;

  private final Shelves shelves;
  private final InputStream archive;
  private final @Nullable Platform platform;
  private final EarlyLayers early;

  /**
   * A load of an archive.
   *
   * @param platform the only one to load; null for all that a list of images names
   * @param blocking where layers are unpacked while the archive comes
   */
  public Load(
      Shelves shelves, InputStream archive, @Nullable Platform platform, Executor blocking) {
    this.early = new EarlyLayers(shelves.layers(), shelves.blobs(), blocking);
    this.shelves = shelves;
    this.archive = archive;
    this.platform = platform;
  }

  @Override
  public void run(Intake intake, Consumer<Progress> report) {
    try (early) {
      load(ArchiveFiles.read(archive, shelves.blobs(), early, intake), intake, report);
    }
  }

  private void load(ArchiveFiles files, Intake intake, Consumer<Progress> report) {
    var offers = offers(files).stream().filter(this::wanted).toList();
    if (platform != null && offers.isEmpty()) {
      throw new Refused(
          new Failure.NotFound(
              "the archive does not provide the specified platform (" + platform + ")"));
    }
    var ids = offers.stream().map(offer -> offer.config().digest().toString()).toList();
    for (Offer offer : offers) {
      load(offer, ids.contains(offer.parent()) ? offer.parent() : "", intake, report);
    }
  }

  private boolean wanted(Offer offer) {
    return platform == null || platform.runs(config(offer).platform());
  }

  /**
   * An image in the archive: its configuration's and its layers' files, names for it, and the id of
   * its parent or nothing.
   */
  private record Offer(
      Blobs.Stored config,
      @Nullable String manifest,
      List<Blobs.Stored> layers,
      List<String> names,
      String parent) {}

  private List<Offer> offers(ArchiveFiles files) {
    try {
      if (files.has("manifest.json")) {
        return saved(files);
      }
      if (files.has("index.json")) {
        return layout(files, Manifest.parse(files.bytes("index.json")), "");
      }
    } catch (IOException e) {
      throw new Refused(
          new Failure.Invalid("the archive's manifest can not be read: " + Json.fault(e)), e);
    }
    throw new Refused(
        new Failure.Invalid("the archive holds no image: neither manifest.json nor index.json"));
  }

  private static List<Offer> saved(ArchiveFiles files) throws IOException {
    var offers = new ArrayList<Offer>();
    for (JsonNode line : images(Json.mapper().readTree(files.bytes("manifest.json")))) {
      var layers = new ArrayList<Blobs.Stored>();
      line.path("Layers").forEach(layer -> layers.add(files.get(layer.asText())));
      var names = new ArrayList<String>();
      line.path("RepoTags").forEach(name -> names.add(name.asText()));
      String parent = line.path("Parent").asText();
      offers.add(new Offer(files.get(line.path("Config").asText()), null, layers, names, parent));
    }
    return offers;
  }

  /** Docker takes null for a list of nothing. */
  private static JsonNode images(JsonNode manifest) {
    boolean list = manifest.isArray() || manifest.isNull();
    for (JsonNode line : manifest) {
      list &= line.isObject();
    }
    if (!list) {
      throw new Refused(new Failure.Invalid("the archive's manifest.json is no list of images"));
    }
    return manifest;
  }

  private List<Offer> layout(ArchiveFiles files, Manifest manifest, String name) {
    return switch (manifest) {
      case Manifest.Index index -> chosen(files, index, name);
      case Manifest.Single _ ->
          throw new Refused(new Failure.Invalid("the archive's index.json is not an index"));
    };
  }

  /** Top lines are images of their own; below an index of platforms the one that runs here. */
  private List<Offer> chosen(ArchiveFiles files, Manifest.Index index, String above) {
    var offers = new ArrayList<Offer>();
    for (Manifest.Offer line : index.offers()) {
      String name = line.reference().isEmpty() ? above : line.reference();
      var blob = files.blob(line.manifest().digest());
      switch (Manifest.parse(files.bytes(path(blob.digest())))) {
        case Manifest.Index inner -> {
          var fit = inner.choose(platform == null ? Platform.host() : platform);
          offers.addAll(chosen(files, new Manifest.Index(List.of(fit)), name));
        }
        case Manifest.Single single -> offers.add(offer(files, blob.digest(), single, name));
      }
    }
    return offers;
  }

  private static Offer offer(
      ArchiveFiles files, Digest manifest, Manifest.Single single, String name) {
    return new Offer(
        files.blob(single.config().digest()),
        manifest.toString(),
        single.layers().stream().map(layer -> files.blob(layer.digest())).toList(),
        name.isEmpty() || !name.contains(":") && !name.contains("/") ? List.of() : List.of(name),
        "");
  }

  private static String path(Digest digest) {
    return "blobs/sha256/" + digest.hex();
  }

  private ConfigFile config(Offer offer) {
    if (offer.config().size() > LARGEST_CONFIG) {
      throw new Refused(new Failure.Invalid("the image's configuration is larger than 8 MB"));
    }
    return ConfigFile.parse(shelves.blobs().bytes(offer.config().digest()));
  }

  private void load(Offer offer, String parent, Intake intake, Consumer<Progress> report) {
    var config = config(offer);
    var names = offer.names().stream().map(name -> ImageRef.parse(name).tagged()).toList();
    String id = offer.config().digest().toString();
    var layers = layers(offer, config, intake, report);
    shelves.layers().settle();
    var sizes = layers.stream().map(StoredImage.Layer::unpacked).toList();
    var image =
        new StoredImage(
            config.image(sizes), offer.manifest(), layers, shelves.clock().instant(), false);
    names.forEach(name -> sayRenamed(name, id, intake, report));
    var whole = parent.isEmpty() || !isChild(config, parent) ? image : image.withParent(parent);
    intake.add(new Arrival(id, whole, names, "load", id));
    if (names.isEmpty()) {
      report.accept(Progress.stream("Loaded image ID: " + id + "\n"));
    }
    names.forEach(
        name -> report.accept(Progress.stream("Loaded image: " + name.familiar() + "\n")));
  }

  /** Docker links two images only when the one is the other and one step more. */
  private boolean isChild(ConfigFile config, String parent) {
    return config.follows(ConfigFile.parse(shelves.blobs().bytes(Digest.parse(parent))));
  }

  private static void sayRenamed(
      ImageRef name, String id, Intake intake, Consumer<Progress> report) {
    intake
        .named(name)
        .filter(other -> !other.id().equals(id))
        .ifPresent(other ->
            report.accept(
                Progress.stream(
                    "The image %s already exists, renaming the old one with ID %s to empty string\n"
                        .formatted(name.familiar(), other.id()))));
  }

  private List<StoredImage.Layer> layers(
      Offer offer, ConfigFile config, Intake intake, Consumer<Progress> report) {
    var diffIds = config.diffIds();
    if (diffIds.size() != offer.layers().size()) {
      throw new Refused(
          new Failure.Invalid(
              "invalid manifest, layers length mismatch: expected %d, got %d"
                  .formatted(diffIds.size(), offer.layers().size())));
    }
    var chain = Digest.chain(diffIds);
    intake.hold(chain.stream().map(Digest::toString).toList());
    var layers = new ArrayList<StoredImage.Layer>();
    for (int i = 0; i < chain.size(); i++) {
      var file = offer.layers().get(i);
      String shown = diffIds.get(i).shortHex();
      var pace =
          new Pace(read -> report.accept(Progress.of(shown, "Loading layer", read, file.size())));
      boolean there = shelves.layers().has(chain.get(i));
      layers.add(unpacked(file, diffIds.get(i), chain.get(i), pace, intake));
      if (!there) {
        report.accept(Progress.of(shown, "Loading layer", file.size(), file.size()));
      }
    }
    return layers;
  }

  private StoredImage.Layer unpacked(
      Blobs.Stored file, Digest diffId, Digest chain, LongConsumer progress, Intake intake) {
    var draft = early.take(file.digest());
    var packed = packed(file);
    var came = new Unpacked.Blob(file.digest(), Import.mediaType(packed), file.size());
    var layer = Unpacked.layer(shelves, came, diffId, chain, progress, draft);
    if (packed.isCarried()) {
      return layer;
    }
    var plain = plain(file);
    intake.hold(List.of(plain.digest().toString()));
    return new StoredImage.Layer(
        plain.digest().toString(),
        layer.mediaType(),
        plain.size(),
        layer.chain(),
        layer.unpacked());
  }

  private Compression packed(Blobs.Stored file) {
    try (var in = shelves.blobs().open(file.digest())) {
      return Compression.of(in);
    } catch (IOException e) {
      throw new UncheckedIOException("can not read " + file.digest() + ": " + e, e);
    }
  }

  private Blobs.Stored plain(Blobs.Stored file) {
    try (var in = shelves.blobs().open(file.digest())) {
      return shelves.blobs().put(Compression.carried(in), null, _ -> {});
    } catch (IOException e) {
      throw new UncheckedIOException("can not read " + file.digest() + ": " + e, e);
    }
  }
}
