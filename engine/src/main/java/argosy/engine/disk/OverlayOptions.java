package argosy.engine.disk;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What overlayfs is told. mount(2) takes one page of text, so a pile too high for that, and a path
 * with a character that overlayfs reads as punctuation, is named by open descriptors instead.
 *
 * @param lower highest layer first
 * @param upper null, as {@code work}: nothing may be written
 */
record OverlayOptions(
    List<Path> lower, @Nullable Path upper, @Nullable Path work, boolean durable, boolean indexed) {
  private static final int PAGE = 4096;

  /** Two layers or more without a writable one. */
  static OverlayOptions readOnly(List<Path> lower) {
    return new OverlayOptions(lower, null, null, true, false);
  }

  OverlayOptions {
    lower = List.copyOf(lower);
  }

  List<Path> paths() {
    return upper == null || work == null
        ? lower
        : Stream.concat(lower.stream(), Stream.of(upper, work)).toList();
  }

  /** Whether the plain paths fit and read as what they are. */
  boolean plain() {
    return text(Path::toString).length() < PAGE
        && paths().stream().noneMatch(path -> path.toString().matches(".*[,:\\\\].*"));
  }

  String text(Function<Path, String> name) {
    String layers = "lowerdir=" + lower.stream().map(name).collect(Collectors.joining(":"));
    if (upper == null || work == null) {
      return layers;
    }
    return layers
        + ",upperdir="
        + name.apply(upper)
        + ",workdir="
        + name.apply(work)
        + (indexed ? ",index=off,redirect_dir=off" : "")
        + (durable ? "" : ",volatile");
  }
}
