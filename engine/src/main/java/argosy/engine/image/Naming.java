package argosy.engine.image;

import argosy.engine.failure.Failure;
import argosy.engine.failure.Refused;
import org.jspecify.annotations.Nullable;

/** Names that users give to images; Docker's rules and texts. */
final class Naming {
  private Naming() {}

  /** A repository and a tag, empty for {@code latest}. */
  static ImageRef tag(String repository, String tag) {
    var name = ImageRef.parse(repository);
    if (name.digest() != null) {
      throw new Refused(new Failure.Invalid("refusing to create a tag with a digest reference"));
    }
    if (name.path().equals("library/sha256") && name.domain().equals(ImageRef.HUB)) {
      throw new Refused(
          new Failure.Invalid(
              "refusing to create an ambiguous tag using digest algorithm as name"));
    }
    return tag.isEmpty() ? name.tagged() : name.withTag(tag);
  }

  /** As {@link #tag}; null when there is no repository. */
  static @Nullable ImageRef tagOrNone(String repository, String tag) {
    return repository.isEmpty() ? null : tag(repository, tag);
  }
}
