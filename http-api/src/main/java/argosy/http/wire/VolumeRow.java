package argosy.http.wire;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A volume. */
@PascalCase
public record VolumeRow(
    String createdAt,
    String driver,
    @Nullable Map<String, String> labels,
    String mountpoint,
    String name,
    @Nullable Map<String, String> options,
    String scope,
    @OmitNull @Nullable UsageData usageData) {

  /** -1 is unknown. */
  @PascalCase
  public record UsageData(long refCount, long size) {}
}
