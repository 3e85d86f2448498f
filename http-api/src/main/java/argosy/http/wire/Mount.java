package argosy.http.wire;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One {@code --mount}. */
@PascalCase
public record Mount(
    @Nullable String type,
    @OmitEmpty @Nullable String source,
    @Nullable String target,
    @OmitNull @Nullable Boolean readOnly,
    @OmitEmpty @Nullable String consistency,
    @OmitNull @Nullable BindOptions bindOptions,
    @OmitNull @Nullable VolumeOptions volumeOptions,
    @OmitNull @Nullable ImageOptions imageOptions,
    @OmitNull @Nullable TmpfsOptions tmpfsOptions) {

  @PascalCase
  public record BindOptions(
      @OmitEmpty @Nullable String propagation,
      @OmitNull @Nullable Boolean nonRecursive,
      @OmitNull @Nullable Boolean createMountpoint,
      @OmitNull @Nullable Boolean readOnlyNonRecursive,
      @OmitNull @Nullable Boolean readOnlyForceRecursive) {}

  @PascalCase
  public record VolumeOptions(
      @OmitNull @Nullable Boolean noCopy,
      @OmitEmpty @Nullable Map<String, String> labels,
      @OmitEmpty @Nullable String subpath,
      @OmitNull @Nullable Driver driverConfig) {}

  @PascalCase
  public record Driver(
      @OmitEmpty @Nullable String name, @OmitEmpty @Nullable Map<String, String> options) {}

  @PascalCase
  public record ImageOptions(@OmitEmpty @Nullable String subpath) {}

  @PascalCase
  public record TmpfsOptions(
      @OmitNull @Nullable Long sizeBytes,
      @OmitNull @Nullable Integer mode,
      @OmitEmpty @Nullable List<List<String>> options) {}
}
