package argosy.engine.image.manifest;

import argosy.engine.failure.Failure;
import argosy.engine.failure.Refused;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What an image runs on.
 *
 * @param variant {@code v8}, or empty
 */
public record Platform(String os, String architecture, String variant) {
  private static final Pattern PART = Pattern.compile("[A-Za-z0-9_.-]+");

  private static final Set<String> SYSTEMS =
      Set.of("linux", "windows", "darwin", "freebsd", "netbsd", "openbsd", "solaris", "aix");

  /** Reads {@code os[/architecture[/variant]]} or a bare architecture. */
  public static Platform parse(String text) {
    List<String> parts = List.of(text.split("/", -1));
    if (parts.size() > 3 || !parts.stream().allMatch(part -> PART.matcher(part).matches())) {
      throw new Refused(
          new Failure.Invalid(
              "\"" + text + "\" is an invalid OS or architecture: invalid platform"));
    }
    return switch (parts.size()) {
      case 1 ->
          SYSTEMS.contains(parts.getFirst())
              ? of(parts.getFirst(), host().architecture(), "")
              : of("linux", parts.getFirst(), "");
      case 2 -> of(parts.get(0), parts.get(1), "");
      default -> of(parts.get(0), parts.get(1), parts.get(2));
    };
  }

  /** This machine's. */
  public static Platform host() {
    return of("linux", System.getProperty("os.arch", ""), "");
  }

  /** With the names that Go, and so every registry, gives them. */
  public static Platform of(String os, String architecture, String variant) {
    String arch = architecture.toLowerCase(Locale.ROOT);
    return switch (arch) {
      case "x86_64", "x86-64" -> new Platform(os, "amd64", variant);
      case "aarch64", "arm64" -> new Platform(os, "arm64", variant.isEmpty() ? "v8" : variant);
      case "armhf" -> new Platform(os, "arm", "v7");
      case "armel" -> new Platform(os, "arm", "v6");
      case "arm" -> new Platform(os, "arm", variant.isEmpty() ? "v7" : variant);
      case "i386", "i686" -> new Platform(os, "386", variant);
      default -> new Platform(os, arch, variant);
    };
  }

  /** Whether what is for {@code offered} runs here; 32-bit ARM runs its older variants too. */
  public boolean runs(Platform offered) {
    if (!os.equals(offered.os) || !architecture.equals(offered.architecture)) {
      return false;
    }
    return offered.variant.isEmpty()
        || variant.equals(offered.variant)
        || (architecture.equals("arm") && offered.variant.compareTo(variant) <= 0);
  }

  /** The first of these that fits exactly, else the first that runs. */
  public Optional<Platform> choose(List<Platform> offered) {
    return offered.stream()
        .filter(this::equals)
        .findFirst()
        .or(() -> offered.stream().filter(this::runs).findFirst());
  }

  @Override
  public String toString() {
    return os + "/" + architecture + (variant.isEmpty() ? "" : "/" + variant);
  }
}
