package argosy.http.version;

/** A version of the Docker Engine API, {@code 1.41}. */
public record ApiVersion(int major, int minor) implements Comparable<ApiVersion> {
  /** What {@code _ping} announces and an unversioned path means. */
  public static final ApiVersion NEWEST = new ApiVersion(1, 51);

  /** The Docker Engine release that brought {@link #NEWEST}. */
  public static final String ENGINE = "28.3.0";

  /** The oldest that is answered. */
  public static final ApiVersion OLDEST = new ApiVersion(1, 24);

  /**
   * Reads digits and dots as dockerd does: {@code 1} is 1.0, what stands behind the minor version
   * does not count, and a number too large is the largest.
   */
  public static ApiVersion parse(String text) {
    String[] numbers = text.split("\\.", -1);
    return new ApiVersion(number(numbers[0]), numbers.length < 2 ? 0 : number(numbers[1]));
  }

  private static int number(String digits) {
    try {
      return digits.isEmpty() ? 0 : Integer.parseInt(digits);
    } catch (NumberFormatException tooLarge) {
      return Integer.MAX_VALUE;
    }
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
