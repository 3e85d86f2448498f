package argosy.engine.volume;

import argosy.engine.failure.Failure;
import argosy.engine.failure.Refused;
import argosy.engine.volume.VolumeRequest.Volume;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/** Turns what was asked for into a volume, or refuses it with Docker's text. Pure. */
final class VolumeDraft {
  /** The label by which {@code volume prune} tells anonymous volumes (Docker 23). */
  static final String ANONYMOUS = "com.docker.volume.anonymous";

  private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9_.-]*");

  private VolumeDraft() {}

  /** {@code unnamed} gives the name of an anonymous one. */
  static Volume of(VolumeRequest.Create wanted, Path root, Instant now, Supplier<String> unnamed) {
    boolean anonymous = wanted.name().isEmpty();
    String name = anonymous ? unnamed.get() : checked(wanted.name());
    if (!wanted.driver().isEmpty() && !wanted.driver().equals("local")) {
      throw new Refused(
          new Failure.NotFound(
              "create %s: error looking up volume plugin %s: plugin \"%s\" not found"
                  .formatted(name, wanted.driver(), wanted.driver())));
    }
    LocalOptions.check(name, wanted.options());
    return new Volume(
        name,
        "local",
        root.resolve(name).resolve("_data").toString(),
        now,
        labels(wanted.labels(), anonymous),
        wanted.options(),
        anonymous);
  }

  private static String checked(String name) {
    if (name.length() < 2) {
      throw new Refused(
          new Failure.Invalid(
              "create "
                  + name
                  + ": volume name is too short, names should be at least two alphanumeric"
                  + " characters"));
    }
    if (!NAME.matcher(name).matches()) {
      throw new Refused(
          new Failure.Invalid(
              "create %s: \"%s\" includes invalid characters for a local volume name, only \"%s\" are allowed. If you intended to pass a host directory, use absolute path"
                  .formatted(name, name, "[a-zA-Z0-9][a-zA-Z0-9_.-]")));
    }
    return name;
  }

  private static Map<String, String> labels(Map<String, String> asked, boolean anonymous) {
    var labels = new HashMap<>(asked);
    if (anonymous) {
      labels.put(ANONYMOUS, "");
    }
    return Map.copyOf(labels);
  }

  /** As Docker's: 64 digits. */
  static String randomName(RandomGenerator chance) {
    byte[] bytes = new byte[32];
    chance.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
