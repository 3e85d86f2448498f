package argosy.engine.volume;

import argosy.engine.failure.Failure;
import argosy.engine.failure.Refused;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What the local driver mounts as a volume: mount(8)'s type, device and options.
 *
 * @param options comma-separated, "" for none
 */
record LocalOptions(String type, String device, String options) {
  private static final String TYPE = "type";
  private static final String DEVICE = "device";
  private static final String OPTIONS = "o";
  private static final String SIZE = "size";

  /** Which option needs which others, in the order Docker would like to have them. */
  private static final Map<String, List<String>> NEEDS =
      new TreeMap<>(
          Map.of(
              DEVICE, List.of(TYPE),
              TYPE, List.of(DEVICE),
              OPTIONS, List.of(DEVICE, TYPE)));

  private static final Pattern BYTES =
      Pattern.compile("(\\d+(?:\\.\\d+)?) ?[kKmMgGtTpP]?[iI]?[bB]?");
  private static final Pattern PORT = Pattern.compile("//[^/]*:\\d+(?:/.*)?");

  /** What is to be mounted; empty for a volume that is a plain directory. */
  static Optional<LocalOptions> of(Map<String, String> options) {
    var asked =
        new LocalOptions(
            options.getOrDefault(TYPE, ""),
            options.getOrDefault(DEVICE, ""),
            options.getOrDefault(OPTIONS, ""));
    return asked.type().isEmpty() && asked.device().isEmpty()
        ? Optional.empty()
        : Optional.of(asked);
  }

  /** Throws Refused with Docker's text, which begins with the volume's name. */
  static void check(String volume, Map<String, String> options) {
    for (String option : new TreeMap<>(options).keySet()) {
      switch (option) {
        case TYPE, DEVICE, OPTIONS -> {}
        case SIZE -> checkSize(volume, options.getOrDefault(SIZE, ""));
        default -> throw refused(volume, "invalid option: \"" + option + "\"");
      }
    }
    if (options.getOrDefault(TYPE, "").equals("cifs")
        && PORT.matcher(options.getOrDefault(DEVICE, "")).matches()) {
      throw refused(volume, "port not allowed in CIFS device URL, include 'port' in 'o='");
    }
    NEEDS.forEach((option, needed) -> {
      if (options.containsKey(option)) {
        needed.stream()
            .filter(other -> !options.containsKey(other))
            .findFirst()
            .ifPresent(missing -> {
              throw refused(volume, "missing required option: \"" + missing + "\"");
            });
      }
    });
  }

  private static void checkSize(String volume, String size) {
    var matcher = BYTES.matcher(size);
    if (!matcher.matches()) {
      throw refused(volume, "invalid size: '" + size + "'");
    }
    if (Double.parseDouble(matcher.group(1)) > 0) {
      throw refused(volume, "quota size requested but no quota support");
    }
  }

  private static Refused refused(String volume, String why) {
    return new Refused(new Failure.Invalid("create " + volume + ": " + why));
  }
}
