package argosy.cli.image;

import argosy.cli.client.Target;

/**
 * An image's name as users write it.
 *
 * @param tag a tag, or a digest with its algorithm
 */
public record Reference(String name, String tag) {

  /** The tag is {@code latest} when none is named. */
  public static Reference parse(String text) {
    int digest = text.indexOf('@');
    if (digest >= 0) {
      return new Reference(text.substring(0, digest), text.substring(digest + 1));
    }
    int colon = text.lastIndexOf(':');
    return colon > text.lastIndexOf('/')
        ? new Reference(text.substring(0, colon), text.substring(colon + 1))
        : new Reference(text, "latest");
  }

  /** Where it is pulled. */
  public Target pull(String platform) {
    return Target.of("images", "create")
        .with("fromImage", name)
        .with("tag", tag)
        .withText("platform", platform);
  }

  @Override
  public String toString() {
    return name + (tag.indexOf(':') < 0 ? ":" : "@") + tag;
  }
}
