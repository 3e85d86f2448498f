package argosy.engine.build;

import argosy.engine.build.BuildOptions.Keep;
import argosy.engine.build.context.Context;
import argosy.engine.container.WritableLayer;
import argosy.engine.disk.Digest;
import argosy.engine.disk.HeldFile;
import argosy.engine.disk.Json;
import argosy.engine.disk.MountTargets;
import argosy.engine.disk.NativeCalls;
import argosy.engine.failure.Failure;
import argosy.engine.failure.Refused;
import argosy.engine.image.ImageRef;
import argosy.engine.image.ImageSession;
import argosy.engine.image.store.Arrival;
import argosy.engine.image.store.StoredImage;
import argosy.engine.image.transfer.NextImage;
import argosy.engine.spec.Storage.Mount;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The workshop of this host: its images, layers and containers. */
final class EngineWorkshop implements Workshop {
  private final BuildTools tools;
  private final ImageSession session;
  private final BuildOptions options;
  private final Context context;
  private final Sources sources;
  private final Consumer<BuildLine> out;
  private final NextImage next;
  private final StepCache cache;

  EngineWorkshop(
      BuildTools tools,
      ImageSession session,
      BuildOptions options,
      Context context,
      Consumer<BuildLine> out) {
    this.tools = tools;
    this.session = session;
    this.options = options;
    this.context = context;
    this.sources = new Sources(context);
    this.out = out;
    this.next = new NextImage(session.shelves(), session);
    this.cache = new StepCache(session::catalog, this::document);
  }

  @Override
  public Base base(String reference, @Nullable String platform) {
    if (options.pull() && !reference.startsWith("sha256:")) {
      pull(reference, platform);
    }
    try {
      return base(session.catalog().find(reference));
    } catch (Refused missing) {
      if (!(missing.failure() instanceof Failure.NotFound) || options.pull()) {
        throw missing;
      }
      pull(reference, platform);
      return base(session.catalog().find(reference));
    }
  }

  private void pull(String reference, @Nullable String platform) {
    var name = ImageRef.parse(reference).tagged();
    var auth = options.credentials().get(name.domain());
    var lines = Waiting.outcome(tools.images().pull(name.familiar(), platform, auth));
    var failed =
        Waiting.value(
            lines.runFold(
                Optional.<String>empty(),
                (before, line) -> {
                  String error = line.error();
                  if (error != null) {
                    return Optional.of(error);
                  }
                  out.accept(new BuildLine.Pulling(line));
                  return before;
                },
                tools.system()));
    if (failed.isPresent()) {
      throw new Refused(new Failure.Internal(failed.get()));
    }
  }

  /** Held until the build is over, so that nobody removes it meanwhile. */
  private Base base(StoredImage image) {
    var held = new ArrayList<>(image.image().layers());
    held.add(image.id());
    image.layers().forEach(layer -> held.add(layer.blob()));
    session.hold(held);
    return new Base(image.id(), document(image.id()), image.layers());
  }

  private ObjectNode document(String id) {
    try {
      return (ObjectNode) Json.mapper().readTree(session.shelves().blobs().bytes(Digest.parse(id)));
    } catch (IOException e) {
      throw new UncheckedIOException("can not read the image " + id + ": " + e.getMessage(), e);
    }
  }

  @Override
  public Optional<Base> cached(Base base, Change change) {
    var from = options.cacheFrom();
    if (from.isEmpty()) {
      return cache.find(base, change).map(this::base);
    }
    return cache.borrow(base, change, from).map(step -> taken(base, change, step));
  }

  /** As an image that is there already, if it has the same layer: then its id stays. */
  private Base taken(Base base, Change change, StepCache.Borrowed step) {
    return cache
        .find(base, change)
        .filter(step::isIn)
        .map(this::base)
        .orElseGet(() -> borrowed(base, change, step));
  }

  /** A layer of an image that came from elsewhere, taken as this step's. */
  private Base borrowed(Base base, Change change, StepCache.Borrowed found) {
    var layers = new ArrayList<>(base.layers());
    found.layer().ifPresent(layers::add);
    String diffId = found.diffId().orElse(null);
    return add(base, change, diffId, layers);
  }

  @Override
  public Base configure(Base base, Change change) {
    return add(base, change, null, base.layers());
  }

  @Override
  public Base enter(Base base, Change change, String path) {
    try (var scaffold = scaffold(base)) {
      NativeCalls.await(() -> {
        try (var root = HeldFile.directory(scaffold.root())) {
          if (!path.equals("/")) {
            make(root, path);
          }
          return true;
        }
      });
      return layered(base, change, below -> next.layer(below, scaffold.upper(), Scaffold.LAYER));
    }
  }

  private static void make(HeldFile root, String path) {
    try (var made = MountTargets.make(root, path.substring(1), true)) {
      if (!made.status().isDirectory()) {
        throw BuildRun.refused("Cannot mkdir: %s is not a directory".formatted(path));
      }
    }
  }

  private Scaffold scaffold(Base base) {
    return new Scaffold(tools.roots(), chain(base));
  }

  private static List<String> chain(Base base) {
    return base.layers().stream().map(StoredImage.Layer::chain).toList();
  }

  @Override
  public Mounts mounts(Deed.Run run, Function<RunMount, @Nullable Base> from) {
    return StepMounts.of(
        run,
        context,
        tools.caches(),
        mount -> {
          var image = from.apply(mount);
          return image == null ? null : scaffold(image);
        });
  }

  @Override
  public Base run(Base base, Change change, Deed.Run run, Mounts mounts, Keep keep) {
    if (!(mounts instanceof StepMounts found)) {
      throw new IllegalArgumentException("mounts of another workshop: " + mounts);
    }
    if (base.id().isEmpty()) {
      throw BuildRun.refused(
          "RUN needs files to run: FROM scratch has none until a COPY or an ADD");
    }
    try (var container =
        new StepContainer(
            tools.containers(),
            tools.system(),
            text -> out.accept(new BuildLine.Text(text)),
            keep,
            base.id(),
            run,
            found.mounts(),
            options.limits())) {
      container.run(run.command());
      var chain = chain(base);
      tools.roots().unmount(container.id());
      var where = tools.roots().locations(container.id(), chain);
      WritableLayer.tidy(where, found.mounts().stream().map(Mount::target).toList());
      boolean stays = keep == Keep.ALL || tools.roots().mounted().contains(container.id());
      return layered(
          base,
          change,
          below ->
              stays
                  ? next.layer(
                      below, tar -> WritableLayer.write(tools.roots(), container.id(), chain, tar))
                  : next.layer(below, where.upper(), WritableLayer.selection(where)));
    }
  }

  @Override
  public Goods goods(Deed.Copy deed, @Nullable Base from) {
    return sources.find(deed, from == null ? null : scaffold(from));
  }

  @Override
  public Base copy(Base base, Change change, Goods goods, Deed.Copy deed) {
    if (!(goods instanceof CopyGoods found)) {
      throw new IllegalArgumentException("goods of another workshop: " + goods);
    }
    try (var scaffold = scaffold(base)) {
      CopyStep.bring(scaffold, deed, found);
      return layered(base, change, below -> next.layer(below, scaffold.upper(), Scaffold.LAYER));
    }
  }

  private Base layered(
      Base base, Change change, Function<List<String>, Optional<NextImage.Made>> layer) {
    List<String> below = new ArrayList<>();
    base.document().path("rootfs").path("diff_ids").forEach(diffId -> below.add(diffId.asText()));
    var made = layer.apply(below);
    if (made.isEmpty()) {
      return add(base, change, null, base.layers());
    }
    var layers = new ArrayList<>(base.layers());
    layers.add(made.get().layer());
    return add(base, change, made.get().diffId(), layers);
  }

  private Base add(
      Base base, Change change, @Nullable String diffId, List<StoredImage.Layer> layers) {
    ObjectNode document = change.document(base, diffId, session.shelves().clock().instant());
    if (!base.id().isEmpty()) {
      document.put("parent", base.id());
    }
    String id = next.add(document, layers, List.of(), diffId != null, "");
    return new Base(id, document, layers);
  }

  @Override
  public void tag(Base image, List<String> names) {
    for (String name : names) {
      var tag = ImageRef.parse(name).tagged();
      session.add(new Arrival(image.id(), null, List.of(tag), "tag", image.id()));
    }
  }
}
