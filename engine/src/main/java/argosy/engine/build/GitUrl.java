package argosy.engine.build;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A git repository as builds name it: {@code URL#REF:DIRECTORY}.
 *
 * @param ref a branch, a tag or a commit; {@code HEAD} without one
 * @param directory below the repository's top; "" is the top
 */
record GitUrl(String repository, String ref, String directory) {
  private static final Pattern REMOTE =
      Pattern.compile("(?:https?://.*\\.git(?:#.*)?|git://.*|ssh://.*|git@[^/]+:.*)");

  /** What git would clone; nothing for any other URL. */
  static Optional<GitUrl> of(String text) {
    String url = text.startsWith("github.com/") ? "https://" + text : text;
    boolean hub = text.startsWith("github.com/");
    if (!hub && !REMOTE.matcher(lowered(url)).matches()) {
      return Optional.empty();
    }
    int hash = url.indexOf('#');
    String repository = hash < 0 ? url : url.substring(0, hash);
    String[] fragment = (hash < 0 ? "" : url.substring(hash + 1)).split(":", 2);
    String ref = fragment[0].isEmpty() ? "HEAD" : fragment[0];
    if (ref.startsWith("-")) {
      throw BuildRun.refused("invalid git reference: " + ref);
    }
    return Optional.of(new GitUrl(repository, ref, fragment.length > 1 ? fragment[1] : ""));
  }

  /** The scheme is the same in any case. */
  private static String lowered(String url) {
    int colon = url.indexOf(':');
    return colon < 0
        ? url
        : url.substring(0, colon).toLowerCase(Locale.ROOT) + url.substring(colon);
  }
}
