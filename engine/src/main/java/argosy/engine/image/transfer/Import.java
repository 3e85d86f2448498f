package argosy.engine.image.transfer;

import argosy.engine.archive.Compression;
import argosy.engine.disk.Blobs;
import argosy.engine.disk.Digest;
import argosy.engine.disk.Json;
import argosy.engine.failure.Failure;
import argosy.engine.failure.Refused;
import argosy.engine.image.ImageRef;
import argosy.engine.image.ImageStreams.Progress;
import argosy.engine.image.ImportOrder;
import argosy.engine.image.manifest.ConfigChanges;
import argosy.engine.image.manifest.ConfigFile;
import argosy.engine.image.manifest.Manifest;
import argosy.engine.image.manifest.Platform;
import argosy.engine.image.store.Arrival;
import argosy.engine.image.store.StoredImage;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** {@code docker import}: an image of one layer out of a file system's archive. */
public final class Import implements Work {
  private final Shelves shelves;
  private final ImportSource source;
  private final @Nullable ImageRef name;
  private final ObjectNode config;

  public Import(Shelves shelves, ImportSource source, ImportOrder order) {
    this.shelves = shelves;
    this.source = source;
    this.name = name(order);
    this.config = Json.mapper().createObjectNode();
    var platform = platform(order);
    String created = shelves.clock().instant().toString();
    String comment =
        order.message().isEmpty() ? "Imported from " + source.shown() : order.message();
    config.put("architecture", platform.architecture()).put("os", platform.os());
    if (!platform.variant().isEmpty()) {
      config.put("variant", platform.variant());
    }
    config.put("created", created).put("comment", comment);
    ConfigChanges.apply(order.changes(), config.putObject("config"));
    config.putArray("history").addObject().put("created", created).put("comment", comment);
  }

  /** Refuses what can not be done, before an archive is read for it. */
  public static void check(ImportOrder order) {
    ImageRef name = name(order);
    if (name != null && name.digest() != null) {
      throw new Refused(new Failure.Invalid("cannot import digest reference"));
    }
    if (!platform(order).os().equals("linux")) {
      throw new Refused(new Failure.Invalid("operating system is not supported"));
    }
    ConfigChanges.apply(order.changes(), Json.mapper().createObjectNode());
  }

  private static @Nullable ImageRef name(ImportOrder order) {
    if (order.repository().isEmpty()) {
      return null;
    }
    var name = ImageRef.parse(order.repository());
    return order.tag().isEmpty() ? name.tagged() : name.withTag(order.tag());
  }

  private static Platform platform(ImportOrder order) {
    String asked = order.platform();
    return asked == null || asked.isEmpty() ? Platform.host() : Platform.parse(asked);
  }

  @Override
  public void run(Intake intake, Consumer<Progress> report) {
    try (var archive = source.open(shelves, report)) {
      Blobs.Stored blob = stored(archive);
      intake.hold(List.of(blob.digest().toString()));
      String id = image(blob, intake);
      report.accept(Progress.status(id));
    } catch (IOException e) {
      throw new UncheckedIOException("can not read the archive: " + e.getMessage(), e);
    }
  }

  private Blobs.Stored stored(InputStream archive) throws IOException {
    try {
      return shelves.blobs().put(Compression.carried(archive), null, _ -> {});
    } catch (UncheckedIOException e) {
      IOException why = Objects.requireNonNull(e.getCause());
      throw new Refused(new Failure.Invalid("failed to register layer: " + why.getMessage()), e);
    }
  }

  private String image(Blobs.Stored blob, Intake intake) {
    try (var in = shelves.blobs().open(blob.digest());
        var draft = shelves.layers().unpack(in, _ -> {})) {
      Digest diffId = draft.diffId();
      intake.hold(List.of(diffId.toString()));
      draft.keep(diffId);
      var layer =
          new StoredImage.Layer(
              blob.digest().toString(),
              mediaType(blob.digest()),
              blob.size(),
              diffId.toString(),
              shelves.layers().size(diffId));
      config.putObject("rootfs").put("type", "layers").putArray("diff_ids").add(diffId.toString());
      return add(layer, intake);
    } catch (IOException e) {
      throw new UncheckedIOException("can not read " + blob.digest() + ": " + e, e);
    }
  }

  private String add(StoredImage.Layer layer, Intake intake) throws JsonProcessingException {
    byte[] json = Json.mapper().writeValueAsBytes(config);
    String id = Digest.of(json).toString();
    intake.hold(List.of(id));
    shelves.blobs().put(json);
    shelves.layers().settle();
    var image =
        new StoredImage(
            ConfigFile.parse(json).image(List.of(layer.unpacked())),
            null,
            List.of(layer),
            shelves.clock().instant(),
            false);
    intake.add(new Arrival(id, image, name == null ? List.of() : List.of(name), "import", id));
    return id;
  }

  private String mediaType(Digest blob) throws IOException {
    try (var in = shelves.blobs().open(blob)) {
      return mediaType(Compression.of(in));
    }
  }

  /** How OCI names a layer packed this way. */
  static String mediaType(Compression packed) {
    return switch (packed) {
      case NONE, BZIP2, XZ -> Manifest.OCI_LAYER;
      case GZIP -> Manifest.OCI_LAYER + "+gzip";
      case ZSTD -> Manifest.OCI_LAYER + "+zstd";
    };
  }
}
