package argosy.engine.image.transfer;

import argosy.engine.disk.Digest;
import argosy.engine.disk.Json;
import argosy.engine.failure.Failure;
import argosy.engine.failure.Refused;
import argosy.engine.image.CommitOrder;
import argosy.engine.image.ImageRef;
import argosy.engine.image.ImageStreams.Progress;
import argosy.engine.image.manifest.ConfigMerge;
import argosy.engine.image.store.StoredImage;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * {@code docker commit}: a container's image with one more layer, what the container changed. Until
 * the image is in the store all of it is aside or held, so that nothing is left when it ends early.
 */
public final class Commit implements Work {
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
    var next = new NextImage(shelves, intake);
    var made = next.layer(base.image().diffIds(), order.content()::write);
    var layers = new ArrayList<>(base.layers());
    made.ifPresent(one -> layers.add(one.layer()));
    var document = document(base, made.map(NextImage.Made::diffId));
    var names = name == null ? List.<ImageRef>of() : List.of(name);
    report.accept(Progress.status(next.add(document, layers, names, true, "commit")));
  }

  private ObjectNode document(StoredImage base, Optional<String> diffId) {
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
      diffId.ifPresentOrElse(
          id -> root.withObjectProperty("rootfs").withArrayProperty("diff_ids").add(id),
          () -> line.put("empty_layer", true));
      return root;
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
