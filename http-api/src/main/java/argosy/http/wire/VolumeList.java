package argosy.http.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Every volume that was asked for. */
@PascalCase
public record VolumeList(List<VolumeRow> volumes, @Nullable List<String> warnings) {}
