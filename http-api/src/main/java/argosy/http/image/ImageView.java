package argosy.http.image;

import argosy.engine.image.Image;
import argosy.engine.image.ImageConfig;
import argosy.engine.spec.HealthSpec;
import argosy.http.answer.TimeText;
import argosy.http.version.ApiVersion;
import argosy.http.wire.Config;
import argosy.http.wire.Config.Healthcheck;
import argosy.http.wire.HistoryRow;
import argosy.http.wire.ImageRow;
import argosy.http.wire.InspectContainer.GraphDriver;
import argosy.http.wire.InspectImage;
import argosy.http.wire.ManifestSummary;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** An image as a list row, an inspect and a history, in the shape of the asked version. */
public final class ImageView {
  private ImageView() {}

  /** {@code shared} and {@code containers} -1: not counted. */
  public static ImageRow row(Image image, long shared, long containers, ApiVersion version) {
    return row(image, shared, containers, null, version);
  }

  /** {@code manifests} null: not asked for. */
  static ImageRow row(
      Image image,
      long shared,
      long containers,
      @Nullable List<ManifestSummary> manifests,
      ApiVersion version) {
    boolean nameless = image.tags().isEmpty() && image.digests().isEmpty() && !version.atLeast(43);
    return new ImageRow(
        image.id(),
        image.parent() == null ? "" : image.parent(),
        nameless ? List.of("<none>:<none>") : image.tags(),
        nameless ? List.of("<none>@<none>") : image.digests(),
        epoch(image.created()),
        image.size(),
        shared,
        version.atLeast(44) ? null : image.size(),
        image.config().labels().isEmpty() ? null : image.config().labels(),
        containers,
        manifests);
  }

  /** {@code manifests} null: not asked for. */
  static InspectImage inspect(
      Image image, @Nullable List<ManifestSummary> manifests, ApiVersion version) {
    boolean old = !version.atLeast(45);
    return new InspectImage(
        image.id(),
        image.tags(),
        image.digests(),
        image.parent() == null ? "" : image.parent(),
        image.comment(),
        TimeText.nanos(image.created()),
        old ? "" : null,
        // dockerd leaves it out from 1.45 on; docker-compose 1.29 asks for the newest version and
        // can not recreate a container without it
        oldConfig(image.config()),
        "",
        image.author(),
        version.atLeast(50) ? config(image.config()) : oldConfig(image.config()),
        image.architecture(),
        image.variant(),
        image.os(),
        image.size(),
        version.atLeast(44) ? null : image.size(),
        new GraphDriver(Map.of(), "overlay2"),
        new InspectImage.RootFs("layers", image.diffIds()),
        new InspectImage.Metadata(TimeText.NEVER),
        manifests);
  }

  /**
   * Newest line first.
   *
   * @param ancestry the image, its parent, and so on as far as they are here; each made one line
   */
  static List<HistoryRow> history(List<Image> ancestry) {
    var rows = new ArrayList<HistoryRow>();
    for (var line : ancestry.getFirst().history().reversed()) {
      var image = rows.size() < ancestry.size() ? ancestry.get(rows.size()) : null;
      rows.add(
          new HistoryRow(
              image == null ? "<missing>" : image.id(),
              epoch(line.created()),
              line.createdBy(),
              image == null || image.tags().isEmpty() ? null : image.tags(),
              line.size(),
              line.comment()));
    }
    return List.copyOf(rows);
  }

  private static long epoch(@Nullable Instant time) {
    return time == null ? 0 : time.getEpochSecond();
  }

  private static argosy.http.wire.ImageConfig config(ImageConfig config) {
    return new argosy.http.wire.ImageConfig(
        config.user(),
        set(config.exposedPorts()),
        config.env(),
        config.entrypoint(),
        config.cmd(),
        health(config.health()),
        set(config.volumes()),
        config.workingDir(),
        config.labels(),
        config.onBuild(),
        config.stopSignal(),
        config.shell());
  }

  /** Before 1.50 an image showed every field that a container has. */
  private static Config oldConfig(ImageConfig config) {
    return new Config(
        "",
        "",
        config.user(),
        false,
        false,
        false,
        set(config.exposedPorts()),
        false,
        false,
        false,
        config.env().isEmpty() ? null : config.env(),
        config.cmd(),
        health(config.health()),
        null,
        "",
        config.volumes().isEmpty() ? null : set(config.volumes()),
        config.workingDir(),
        config.entrypoint(),
        null,
        null,
        config.onBuild().isEmpty() ? null : config.onBuild(),
        config.labels().isEmpty() ? null : config.labels(),
        config.stopSignal(),
        null,
        config.shell());
  }

  private static Map<String, Object> set(Set<String> members) {
    var all = new TreeMap<String, Object>();
    members.forEach(member -> all.put(member, Map.of()));
    return all;
  }

  private static @Nullable Healthcheck health(@Nullable HealthSpec health) {
    return health == null
        ? null
        : new Healthcheck(
            health.test(),
            nanos(health.interval()),
            nanos(health.timeout()),
            nanos(health.startPeriod()),
            nanos(health.startInterval()),
            health.retries() == 0 ? null : health.retries());
  }

  private static @Nullable Long nanos(Duration duration) {
    return duration.isZero() ? null : duration.toNanos();
  }
}
