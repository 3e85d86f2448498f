package argosy.http.volume;

import argosy.engine.volume.VolumeRequest.Volume;
import argosy.http.wire.VolumeRow;
import argosy.http.wire.VolumeRow.UsageData;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A volume as Docker shows it. */
public final class VolumeView {
  private VolumeView() {}

  /** {@code usage} null: not counted. */
  public static VolumeRow of(Volume volume, @Nullable UsageData usage) {
    return new VolumeRow(
        volume.created().truncatedTo(ChronoUnit.SECONDS).toString(),
        volume.driver(),
        nullIfEmpty(volume.labels()),
        volume.mountpoint(),
        volume.name(),
        nullIfEmpty(volume.options()),
        "local",
        usage);
  }

  private static @Nullable Map<String, String> nullIfEmpty(Map<String, String> map) {
    return map.isEmpty() ? null : map;
  }
}
