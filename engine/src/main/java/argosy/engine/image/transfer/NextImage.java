package argosy.engine.image.transfer;

import argosy.engine.disk.Blobs;
import argosy.engine.disk.Digest;
import argosy.engine.disk.HeldFile;
import argosy.engine.disk.Json;
import argosy.engine.disk.Layers;
import argosy.engine.disk.NativeCalls;
import argosy.engine.disk.TreeArchive;
import argosy.engine.image.ImageRef;
import argosy.engine.image.manifest.ConfigFile;
import argosy.engine.image.manifest.Manifest;
import argosy.engine.image.store.Arrival;
import argosy.engine.image.store.StoredImage;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/**
 * An image made of another: with one more layer, or only another configuration. Until it is in the
 * store all of it is held or aside, so that nothing is left when it ends early.
 */
public final class NextImage {
  /** A tar of nothing: its two last blocks. */
  private static final int EMPTY = 1024;

  private final Shelves shelves;
  private final Intake intake;

  public NextImage(Shelves shelves, Intake intake) {
    this.shelves = shelves;
    this.intake = intake;
  }

  /** A new layer and its diff id. */
  public record Made(StoredImage.Layer layer, String diffId) {}

  /**
   * Makes a layer; nothing when there is nothing in it.
   *
   * @param below diff ids, lowest first
   * @param tar writes the layer's plain tar
   */
  public Optional<Made> layer(List<String> below, Blobs.Filling tar) {
    return layer(below, tar, _ -> Optional.empty());
  }

  /**
   * Makes a layer of a directory that overlayfs wrote into and that nobody has mounted. The
   * directory becomes the layer itself where it says the same as its tar, so that nothing is
   * unpacked; else it stays.
   *
   * @param below diff ids, lowest first
   */
  public Optional<Made> layer(List<String> below, Path files, TreeArchive.Selection selection) {
    var written = new AtomicReference<TreeArchive>();
    return layer(
        below,
        out -> written.set(NativeCalls.await(() -> write(files, selection, out))),
        diffId -> {
          TreeArchive tar = written.get();
          return tar != null && tar.isWhole()
              ? shelves.layers().adopt(files, diffId, tar.bytes())
              : Optional.empty();
        });
  }

  private static TreeArchive write(Path files, TreeArchive.Selection selection, OutputStream out) {
    try (var directory = HeldFile.directory(files)) {
      var tar = new TreeArchive(out, selection);
      tar.content(directory, "");
      tar.finish();
      return tar;
    } catch (IOException e) {
      throw new UncheckedIOException("can not read " + files + ": " + e.getMessage(), e);
    }
  }

  private Optional<Made> layer(
      List<String> below, Blobs.Filling tar, Function<Digest, Optional<Layers.Draft>> ready) {
    var blob = shelves.blobs().write(tar);
    intake.hold(List.of(blob.digest().toString()));
    if (blob.size() == EMPTY) {
      return Optional.empty();
    }
    var diffIds = new ArrayList<>(below.stream().map(Digest::parse).toList());
    diffIds.add(blob.digest());
    Digest chain = Digest.chain(diffIds).getLast();
    intake.hold(List.of(chain.toString()));
    if (!shelves.layers().has(chain)) {
      ready
          .apply(blob.digest())
          .ifPresent(draft -> {
            try (draft) {
              draft.keep(chain);
            }
          });
    }
    var plain = new Unpacked.Blob(blob.digest(), Manifest.OCI_LAYER, blob.size());
    return Optional.of(
        new Made(
            Unpacked.layer(shelves, plain, blob.digest(), chain, _ -> {}),
            blob.digest().toString()));
  }

  /**
   * Puts an image into the store.
   *
   * @param settle whether its layers are made safe against a power cut first
   * @param event what the journal is told
   * @return its id
   */
  public String add(
      ObjectNode document,
      List<StoredImage.Layer> layers,
      List<ImageRef> names,
      boolean settle,
      String event) {
    byte[] json = json(document);
    String id = Digest.of(json).toString();
    intake.hold(List.of(id));
    shelves.blobs().put(json);
    if (settle) {
      shelves.layers().settle();
    }
    var sizes = layers.stream().map(StoredImage.Layer::unpacked).toList();
    var image =
        new StoredImage(
            ConfigFile.parse(json).image(sizes), null, layers, shelves.clock().instant(), false);
    intake.add(new Arrival(id, image, names, event, id));
    return id;
  }

  private static byte[] json(ObjectNode document) {
    try {
      return Json.mapper().writeValueAsBytes(document);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a document is always JSON", e);
    }
  }
}
