package argosy.http.system;

import argosy.engine.HostRequest;
import argosy.engine.build.BuildCache;
import argosy.engine.container.Container;
import argosy.engine.container.ContainerRequest;
import argosy.engine.failure.Outcome;
import argosy.engine.image.Image;
import argosy.engine.image.ImageRequest;
import argosy.engine.volume.VolumeRequest;
import argosy.engine.volume.VolumeRequest.Sized;
import argosy.http.answer.Answer;
import argosy.http.answer.Refusal;
import argosy.http.answer.TimeText;
import argosy.http.container.ContainerView;
import argosy.http.endpoint.Call;
import argosy.http.endpoint.Endpoint;
import argosy.http.endpoint.Reply;
import argosy.http.image.ImageView;
import argosy.http.image.LayerSizes;
import argosy.http.version.ApiVersion;
import argosy.http.volume.VolumeView;
import argosy.http.wire.BuildCacheRow;
import argosy.http.wire.DiskUsage;
import argosy.http.wire.VolumeRow;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** What takes room on the disk. */
final class DiskRoutes {
  private static final Set<String> TYPES = Set.of("container", "image", "volume", "build-cache");

  private final InstantSource clock;

  private DiskRoutes(InstantSource clock) {
    this.clock = clock;
  }

  static List<Endpoint> all(InstantSource clock) {
    return List.of(Endpoint.protocol("GET", "/system/df", new DiskRoutes(clock)::usage));
  }

  /** Everything on the disk, whichever part is shown: the parts count each other. */
  record Room(
      List<Image> images,
      List<Container> containers,
      List<Sized> volumes,
      List<BuildCache> caches) {
    Room with(VolumeRequest.Measured found) {
      return new Room(images, containers, found.volumes(), caches);
    }

    Room with(HostRequest.Cached found) {
      return new Room(images, containers, volumes, found.caches());
    }
  }

  private CompletionStage<Reply> usage(Call call) {
    var types = types(call);
    var engine = call.engine();
    // what is not shown is not measured, which takes long; images and volumes count containers
    boolean sized = wants(types, "container");
    var images =
        asked(
            wants(types, "image"),
            () -> engine.images(new ImageRequest.Find(true, Map.of())),
            new ImageRequest.Listed(List.of()));
    var containers =
        asked(
            sized || wants(types, "image") || wants(types, "volume"),
            () -> engine.containers(new ContainerRequest.Find(true, 0, sized, Map.of())),
            new ContainerRequest.Listed(List.of()));
    var volumes =
        asked(
            wants(types, "volume"),
            () -> engine.volumes(new VolumeRequest.Measure()),
            new VolumeRequest.Measured(List.of()));
    var caches =
        asked(
            wants(types, "build-cache"),
            () -> engine.host(new HostRequest.BuildCaches()),
            new HostRequest.Cached(List.of()));
    var room =
        images
            .thenCombine(containers, DiskRoutes::pair)
            .thenCombine(volumes, (pair, found) -> pair.then(half -> found.map(half::with)))
            .thenCombine(caches, (most, found) -> most.then(three -> found.map(three::with)));
    return Answer.of(
        room, found -> Answer.json(200, usage(found, types, clock.instant(), call.version())));
  }

  /** The kinds of things that were asked for; none are all. Older clients know no such thing. */
  private static List<String> types(Call call) {
    if (!call.version().atLeast(42)) {
      return List.of();
    }
    var types = call.query().getOrDefault("type", List.of());
    types.forEach(type -> Refusal.when(!TYPES.contains(type), "unknown object type: " + type));
    return types;
  }

  private static <R> CompletionStage<Outcome<R>> asked(
      boolean wanted, Supplier<CompletionStage<Outcome<R>>> request, R nothing) {
    return wanted ? request.get() : CompletableFuture.completedStage(Outcome.ok(nothing));
  }

  private static Outcome<Room> pair(
      Outcome<ImageRequest.Listed> images, Outcome<ContainerRequest.Listed> containers) {
    return images.then(found ->
        containers.map(each -> new Room(found.images(), each.containers(), List.of(), List.of())));
  }

  /** {@code types} empty: every part. */
  static DiskUsage usage(Room room, List<String> types, Instant now, ApiVersion version) {
    var sizes = LayerSizes.of(room.images());
    return new DiskUsage(
        wants(types, "image") ? sizes.total() : 0,
        wants(types, "image")
            ? room.images().stream()
                .map(each -> ImageView.row(each, sizes.shared(each), users(each, room), version))
                .toList()
            : null,
        wants(types, "container")
            ? room.containers().stream().map(each -> ContainerView.row(each, now, version)).toList()
            : null,
        wants(types, "volume")
            ? room.volumes().stream().map(each -> row(each, room)).toList()
            : null,
        wants(types, "build-cache") ? room.caches().stream().map(DiskRoutes::row).toList() : null);
  }

  private static BuildCacheRow row(BuildCache cache) {
    return new BuildCacheRow(
        cache.id(),
        BuildCache.TYPE,
        BuildCache.DESCRIPTION,
        cache.inUse(),
        false,
        cache.bytes(),
        TimeText.nanos(cache.created()),
        TimeText.nanos(cache.lastUsed()));
  }

  private static boolean wants(List<String> types, String type) {
    return types.isEmpty() || types.contains(type);
  }

  private static long users(Image image, Room room) {
    return room.containers().stream()
        .filter(container -> container.imageId().equals(image.id()))
        .count();
  }

  private static VolumeRow row(Sized sized, Room room) {
    var volume = sized.volume();
    long users =
        room.containers().stream()
            .filter(container ->
                container.mounts().stream().anyMatch(mount -> mount.name().equals(volume.name())))
            .count();
    return VolumeView.of(volume, new VolumeRow.UsageData(users, sized.bytes()));
  }
}
