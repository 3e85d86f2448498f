package argosy.http.dispatch;

import argosy.http.endpoint.Endpoint;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The lines of the API, found by method and path. Where several fit, the one with the most literal
 * letters wins, so that {@code /images/json} is not an image called json.
 */
final class Table {
  private static final Pattern NAME = Pattern.compile("\\{([A-Za-z]+)(\\.\\.\\.)?}");

  /** A line and the decoded values of its path's names. */
  record Match(Endpoint endpoint, Map<String, String> path) {}

  private record Line(Endpoint endpoint, Pattern pattern, List<String> names, int literals) {
    Optional<Match> match(String path) {
      Matcher matcher = pattern.matcher(path);
      if (!matcher.matches()) {
        return Optional.empty();
      }
      var values = new LinkedHashMap<String, String>();
      for (int i = 0; i < names.size(); i++) {
        values.put(names.get(i), Percent.decode(matcher.group(i + 1)));
      }
      return Optional.of(new Match(endpoint, values));
    }
  }

  private final Map<String, List<Line>> lines;

  Table(List<Endpoint> endpoints) {
    lines =
        endpoints.stream()
            .map(Table::compiled)
            .sorted(Comparator.comparingInt(Line::literals).reversed())
            .collect(Collectors.groupingBy(line -> key(line.endpoint())));
  }

  /** Finds the line for a percent-encoded path. */
  Optional<Match> find(String method, String path) {
    return lines.getOrDefault(method + " " + firstSegment(path), List.of()).stream()
        .flatMap(line -> line.match(path).stream())
        .findFirst();
  }

  private static String key(Endpoint endpoint) {
    return endpoint.method() + " " + firstSegment(endpoint.path());
  }

  private static String firstSegment(String path) {
    int end = path.indexOf('/', 1);
    return end < 0 ? path : path.substring(0, end);
  }

  private static Line compiled(Endpoint endpoint) {
    var names = new ArrayList<String>();
    var regex = new StringBuilder();
    var matcher = NAME.matcher(endpoint.path());
    int literals = 0;
    int end = 0;
    while (matcher.find()) {
      literals += matcher.start() - end;
      regex.append(Pattern.quote(endpoint.path().substring(end, matcher.start())));
      regex.append(matcher.group(2) == null ? "([^/]+)" : "(.+)");
      names.add(matcher.group(1));
      end = matcher.end();
    }
    regex.append(Pattern.quote(endpoint.path().substring(end)));
    literals += endpoint.path().length() - end;
    return new Line(endpoint, Pattern.compile(regex.toString()), names, literals);
  }
}
