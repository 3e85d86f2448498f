package argosy.http.version;

import java.util.Optional;
import java.util.regex.Pattern;

/** A version of the Docker Engine API, {@code 1.41}. */
public record ApiVersion(int major, int minor) implements Comparable<ApiVersion> {
  /** What {@code _ping} announces and an unversioned path means. */
  public static final ApiVersion NEWEST = new ApiVersion(1, 51);

  /** The Docker Engine release that brought {@link #NEWEST}. */
  public static final String ENGINE = "28.3.0";

  /** The oldest that is answered. */
  public static final ApiVersion OLDEST = new ApiVersion(1, 24);

  private static final Pattern TEXT = Pattern.compile("(\\d{1,4})\\.(\\d{1,4})");

  /** Reads {@code 1.41}; empty for anything else. */
  public static Optional<ApiVersion> parse(String text) {
    var match = TEXT.matcher(text);
    return match.matches()
        ? Optional.of(
            new ApiVersion(Integer.parseInt(match.group(1)), Integer.parseInt(match.group(2))))
        : Optional.empty();
  }

  public boolean atLeast(int wantedMinor) {
    return compareTo(new ApiVersion(1, wantedMinor)) >= 0;
  }

  @Override
  public int compareTo(ApiVersion other) {
    return major != other.major
        ? Integer.compare(major, other.major)
        : Integer.compare(minor, other.minor);
  }

  @Override
  public String toString() {
    return major + "." + minor;
  }
}
