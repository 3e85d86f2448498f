package argosy.engine.image.transfer;

import argosy.engine.disk.Blobs;
import argosy.engine.disk.Digest;
import argosy.engine.disk.Json;
import argosy.engine.failure.Failure;
import argosy.engine.failure.Refused;
import argosy.engine.image.CommitOrder;
import argosy.engine.image.ImageRef;
import argosy.engine.image.ImageStreams.Progress;
import argosy.engine.image.manifest.ConfigFile;
import argosy.engine.image.manifest.ConfigMerge;
import argosy.engine.image.manifest.Manifest;
import argosy.engine.image.store.Arrival;
import argosy.engine.image.store.StoredImage;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * {@code docker commit}: a container's image with one more layer, what the container changed. Until
 * the image is in the store all of it is aside or held, so that nothing is left when it ends early.
 */
public final class Commit implements Work {
  /** A tar of nothing: its two last blocks. */
  private static final int EMPTY = 1024;

  private final Shelves shelves;
  private final CommitOrder order;
  private final @Nullable ImageRef name;

  /** {@code name}: null for an image without a name. */
  public Commit(Shelves shelves, CommitOrder order, @Nullable ImageRef name) {
    this.shelves = shelves;
    this.order = order;
    this.name = name;
  }

  /** Refuses changes that can not be applied, before a container is stopped for them. */
  public static void check(CommitOrder order) {
    ConfigMerge.of(order);
  }

  @Override
  public void run(Intake intake, Consumer<Progress> report) {
    var base =
        intake.kept(order.base()).orElseThrow(() -> new Refused(Failure.noSuchImage(order.base())));
    var held = new HashSet<>(base.image().layers());
    base.layers().forEach(layer -> held.add(layer.blob()));
    intake.hold(held);
    var blob = shelves.blobs().write(order.content()::write);
    intake.hold(List.of(blob.digest().toString()));
    var layers = new ArrayList<>(base.layers());
    boolean empty = blob.size() == EMPTY;
    if (!empty) {
      layers.add(layer(base, blob, intake));
    }
    report.accept(Progress.status(add(base, layers, blob.digest(), empty, intake)));
  }

  private StoredImage.Layer layer(StoredImage base, Blobs.Stored blob, Intake intake) {
    var diffIds = new ArrayList<>(base.image().diffIds().stream().map(Digest::parse).toList());
    diffIds.add(blob.digest());
    Digest chain = Digest.chain(diffIds).getLast();
    intake.hold(List.of(chain.toString()));
    var plain = new Unpacked.Blob(blob.digest(), Manifest.OCI_LAYER, blob.size());
    return Unpacked.layer(shelves, plain, blob.digest(), chain, _ -> {});
  }

  private String add(
      StoredImage base,
      List<StoredImage.Layer> layers,
      Digest diffId,
      boolean empty,
      Intake intake) {
    byte[] json = json(base, diffId, empty);
    String id = Digest.of(json).toString();
    intake.hold(List.of(id));
    shelves.blobs().put(json);
    shelves.layers().settle();
    var sizes = layers.stream().map(StoredImage.Layer::unpacked).toList();
    var image =
        new StoredImage(
            ConfigFile.parse(json).image(sizes), null, layers, shelves.clock().instant(), false);
    intake.add(new Arrival(id, image, name == null ? List.of() : List.of(name), "commit", id));
    return id;
  }

  private byte[] json(StoredImage base, Digest diffId, boolean empty) {
    try {
      byte[] before = shelves.blobs().bytes(Digest.parse(base.id()));
      var root = (ObjectNode) Json.mapper().readTree(before);
      String created = shelves.clock().instant().toString();
      root.put("created", created).put("author", order.author()).put("comment", order.comment());
      root.put("parent", base.id());
      ObjectNode config = ConfigMerge.of(order);
      if (!config.has("Shell") && root.path("config").has("Shell")) {
        config.set("Shell", root.path("config").path("Shell"));
      }
      root.set("config", config);
      root.remove(List.of("container", "container_config", "id"));
      ObjectNode line = root.withArrayProperty("history").addObject();
      line.put("created", created).put("created_by", order.createdBy());
      put(line, "author", order.author());
      put(line, "comment", order.comment());
      if (empty) {
        line.put("empty_layer", true);
      } else {
        root.withObjectProperty("rootfs").withArrayProperty("diff_ids").add(diffId.toString());
      }
      return Json.mapper().writeValueAsBytes(root);
    } catch (IOException e) {
      throw new UncheckedIOException("can not read the image " + base.id() + ": " + e, e);
    }
  }

  private static void put(ObjectNode line, String field, String text) {
    if (!text.isEmpty()) {
      line.put(field, text);
    }
  }
}
