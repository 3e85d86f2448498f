package argosy.engine.image;

import argosy.engine.failure.Failure;
import argosy.engine.failure.Refused;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The name of an image: a registry's domain, a repository's path, and a tag, a digest, both or
 * neither (grammar: the distribution project's reference specification, which Docker follows).
 */
public record ImageRef(String domain, String path, @Nullable String tag, @Nullable String digest) {
  /** The registry of names that name none. */
  public static final String HUB = "docker.io";

  private static final String OLD_HUB = "index.docker.io";
  private static final String OFFICIAL = "library/";
  private static final String LATEST = "latest";
  private static final int LONGEST_NAME = 255;
  private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");
  private static final Pattern DOMAIN =
      Pattern.compile(
          "(?:(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])"
              + "(?:\\.(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9]))*"
              + "|\\[[0-9a-fA-F:]+\\])(?::[0-9]+)?");
  private static final Pattern PATH =
      Pattern.compile(
          "[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*(?:/[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*)*");
  private static final Pattern TAG = Pattern.compile("\\w[\\w.-]{0,127}", Pattern.UNICODE_CASE);
  private static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}");

  /** Reads what a user wrote; Docker's texts for what is no reference. */
  public static ImageRef parse(String text) {
    if (HEX.matcher(text).matches()) {
      throw invalid(
          "invalid repository name (" + text + "), cannot specify 64-byte hexadecimal strings");
    }
    int at = text.indexOf('@');
    String digest = at < 0 ? null : text.substring(at + 1);
    String rest = at < 0 ? text : text.substring(0, at);
    int colon = rest.indexOf(':', rest.lastIndexOf('/') + 1);
    String tag = colon < 0 ? null : rest.substring(colon + 1);
    String name = colon < 0 ? rest : rest.substring(0, colon);
    var reference = named(name, tag, digest);
    reference.check(name);
    return reference;
  }

  private static ImageRef named(String name, @Nullable String tag, @Nullable String digest) {
    int slash = name.indexOf('/');
    String first = slash < 0 ? "" : name.substring(0, slash);
    boolean domain =
        first.contains(".")
            || first.contains(":")
            || first.equals("localhost")
            || !first.equals(first.toLowerCase(Locale.ROOT));
    String registry = domain ? first : HUB;
    String path = domain ? name.substring(slash + 1) : name;
    if (registry.equals(OLD_HUB)) {
      registry = HUB;
    }
    if (registry.equals(HUB) && !path.contains("/")) {
      path = OFFICIAL + path;
    }
    return new ImageRef(registry, path, tag, digest);
  }

  private void check(String name) {
    String lower = path.toLowerCase(Locale.ROOT);
    if (!path.equals(lower) && PATH.matcher(lower).matches()) {
      throw invalid("invalid reference format: repository name (" + path + ") must be lowercase");
    }
    boolean good =
        DOMAIN.matcher(domain).matches()
            && PATH.matcher(path).matches()
            && (tag == null || TAG.matcher(tag).matches())
            && (digest == null || DIGEST.matcher(digest).matches());
    if (!good) {
      throw invalid("invalid reference format");
    }
    if (name.length() > LONGEST_NAME) {
      throw invalid("repository name must not be more than 255 characters");
    }
  }

  private static Refused invalid(String sentence) {
    return new Refused(new Failure.Invalid(sentence));
  }

  /** The same with {@code latest} where there is neither tag nor digest. */
  public ImageRef tagged() {
    return tag == null && digest == null ? withTag(LATEST) : this;
  }

  /** The repository with this tag. */
  public ImageRef withTag(String wanted) {
    if (!TAG.matcher(wanted).matches()) {
      throw invalid("invalid tag format");
    }
    return new ImageRef(domain, path, wanted, null);
  }

  /** The repository with this digest and no tag. */
  public ImageRef withDigest(String wanted) {
    return new ImageRef(domain, path, null, wanted);
  }

  /** Domain and path: {@code docker.io/library/busybox}. */
  public String name() {
    return domain + "/" + path;
  }

  /** What users write: {@code busybox}, {@code example.org/app}. */
  public String familiarName() {
    if (!domain.equals(HUB)) {
      return name();
    }
    String official = path.startsWith(OFFICIAL) ? path.substring(OFFICIAL.length()) : path;
    return official.contains("/") ? path : official;
  }

  /** What users write, with tag and digest as they are. */
  public String familiar() {
    return familiarName() + suffix();
  }

  /** In full: {@code docker.io/library/busybox:latest}. */
  public String canonical() {
    return name() + suffix();
  }

  /** What the registry is asked for: the digest, else the tag. */
  public String wanted() {
    return Optional.ofNullable(digest).orElseGet(() -> tag == null ? LATEST : tag);
  }

  private String suffix() {
    return (tag == null ? "" : ":" + tag) + (digest == null ? "" : "@" + digest);
  }
}
