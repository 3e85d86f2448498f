package argosy.http.container;

import argosy.engine.container.Container;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What {@code --details} puts before a line: the tag, and the labels and variables that the log
 * options name or whose names fit a pattern of theirs, as a query string.
 */
final class LogDetails {
  private static final Pattern FIELD = Pattern.compile("\\{\\{\\s*\\.(\\w+)\\s*}}");

  private LogDetails() {}

  static String of(Container container) {
    var options = container.spec().log().options();
    var details = new TreeMap<String, String>();
    var label = named(options, "labels");
    container
        .spec()
        .identity()
        .labels()
        .forEach((name, value) -> {
          if (label.test(name)) {
            details.put(name, value);
          }
        });
    var variable = named(options, "env");
    for (String each : container.spec().process().env()) {
      int equals = each.indexOf('=');
      if (equals > 0 && variable.test(each.substring(0, equals))) {
        details.put(each.substring(0, equals), each.substring(equals + 1));
      }
    }
    String tag = tag(container, options.getOrDefault("tag", ""));
    if (!tag.isEmpty()) {
      details.put("tag", tag);
    }
    return details.entrySet().stream()
        .map(each -> escaped(each.getKey()) + "=" + escaped(each.getValue()))
        .sorted()
        .collect(Collectors.joining(","));
  }

  private static Predicate<String> named(Map<String, String> options, String kind) {
    var names = Arrays.asList(options.getOrDefault(kind, "").split(",", -1));
    String regex = options.getOrDefault(kind + "-regex", "");
    Predicate<String> fits = regex.isEmpty() ? _ -> false : Pattern.compile(regex).asPredicate();
    return fits.or(names::contains);
  }

  /** The fields that dockerd's templates know; anything else stays as it was written. */
  private static String tag(Container container, String template) {
    return FIELD
        .matcher(template)
        .replaceAll(field ->
            Matcher.quoteReplacement(
                switch (field.group(1)) {
                  case "ID" -> shortened(container.id());
                  case "FullID" -> container.id();
                  case "Name" -> container.name();
                  case "ImageID" -> shortened(container.imageId());
                  case "ImageFullID" -> container.imageId();
                  case "ImageName" -> container.spec().image();
                  case "Command" -> String.join(" ", container.spec().process().arguments());
                  case "DaemonName" -> "docker";
                  default -> field.group();
                }));
  }

  private static String shortened(String id) {
    return id.substring(0, Math.min(12, id.length()));
  }

  /** As Go escapes queries. */
  private static String escaped(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("*", "%2A").replace("%7E", "~");
  }
}
