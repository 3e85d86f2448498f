package argosy.engine.container.admission;

import argosy.engine.failure.Failure;
import argosy.engine.failure.Refused;
import argosy.engine.oci.HostFacts;
import argosy.engine.spec.ContainerSpec;
import java.util.List;
import java.util.Locale;

/** What an image was made for, in Go's words as images carry them: {@code linux}, {@code amd64}. */
public record Platform(String os, String architecture) {

  /**
   * Compares it with what was asked and with the host; what an image does not say fits.
   *
   * @return a warning, or none
   * @throws Refused as a 404 when {@code --platform} names another one: clients pull then
   */
  public List<String> fits(ContainerSpec asked, HostFacts host) {
    String wanted = asked.platform();
    Platform own = new Platform("linux", goArch(host.machine()));
    if (wanted != null && !wanted.isEmpty()) {
      if (!like(of(wanted, own))) {
        throw new Refused(
            new Failure.NotFound(
                "image with reference %s was found but its platform (%s) does not match the specified platform (%s)"
                    .formatted(asked.image(), this, wanted)));
      }
      return List.of();
    }
    return like(own)
        ? List.of()
        : List.of(
            "The requested image's platform (%s) does not match the detected host platform (%s) and no specific platform was requested"
                .formatted(this, own));
  }

  private boolean like(Platform other) {
    return (os.isEmpty() || os.equals(other.os))
        && (architecture.isEmpty() || architecture.equals(other.architecture));
  }

  /** Reads {@code OS[/ARCH[/VARIANT]]} and an architecture alone. */
  static Platform of(String text, Platform own) {
    String[] parts = text.toLowerCase(Locale.ROOT).split("/", -1);
    if (parts.length > 1) {
      return new Platform(parts[0], goArch(parts[1]));
    }
    return parts[0].equals("linux") || parts[0].equals("windows")
        ? new Platform(parts[0], own.architecture)
        : new Platform(own.os, goArch(parts[0]));
  }

  private static String goArch(String machine) {
    return switch (machine) {
      case "x86_64", "x86-64" -> "amd64";
      case "aarch64" -> "arm64";
      default -> machine;
    };
  }

  @Override
  public String toString() {
    return os + "/" + architecture;
  }
}
