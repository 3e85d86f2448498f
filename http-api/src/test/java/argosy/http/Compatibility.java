package argosy.http;

import argosy.http.answer.NotYet;
import argosy.http.endpoint.Endpoint;
import argosy.http.system.Unbuilt;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Docker's list of lines beside what Argosy answers to each, as the table the README shows. */
final class Compatibility {
  private Compatibility() {}

  /** One line of Docker's API under the heading it has there. */
  record Line(String section, String method, String path) {
    boolean is(String otherMethod, String otherPath) {
      return method.equals(otherMethod) && shape(path).equals(shape(otherPath));
    }

    private static String shape(String path) {
      return path.replaceAll("\\{[^}]*}", "{}");
    }
  }

  static List<Line> docker() {
    try (var text = Compatibility.class.getResourceAsStream("endpoints.txt")) {
      var lines = new ArrayList<Line>();
      String section = "";
      for (String line :
          new String(Objects.requireNonNull(text).readAllBytes(), StandardCharsets.UTF_8)
              .lines()
              .skip(1)
              .toList()) {
        if (line.startsWith("# ")) {
          section = line.substring(2);
        } else {
          var words = line.split(" ", 2);
          lines.add(new Line(section, words[0], words[1]));
        }
      }
      return lines;
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  static Optional<Endpoint> works(Line line) {
    return Routes.built(InstantSource.system(), "").stream()
        .filter(endpoint -> line.is(endpoint.method(), endpoint.path()))
        .filter(_ -> missing(line).isEmpty())
        .findFirst();
  }

  static Optional<NotYet> missing(Line line) {
    return Unbuilt.all().stream()
        .filter(notYet -> line.is(notYet.method(), notYet.path()))
        .findFirst();
  }

  /** A table: lines that share their section and their answer share a row. */
  static String table() {
    var text = new StringBuilder("| | works | not yet, and what it says |\n|---|---|---|\n");
    docker().stream()
        .collect(Collectors.groupingBy(Line::section, LinkedHashMap::new, Collectors.toList()))
        .forEach((section, lines) -> text.append(row(section, lines)));
    return text.toString();
  }

  private static String row(String section, List<Line> lines) {
    String works =
        lines.stream()
            .filter(line -> works(line).isPresent())
            .map(Compatibility::name)
            .collect(Collectors.joining("<br>"));
    return "| " + section + " | " + works + " | " + missing(lines) + " |\n";
  }

  private static String missing(List<Line> lines) {
    return lines.stream()
        .filter(line -> missing(line).isPresent())
        .collect(
            Collectors.groupingBy(
                Compatibility::sentence,
                LinkedHashMap::new,
                Collectors.mapping(Compatibility::name, Collectors.joining(", "))))
        .entrySet()
        .stream()
        .map(entry -> entry.getValue() + ": " + entry.getKey())
        .collect(Collectors.joining("<br>"));
  }

  private static String sentence(Line line) {
    Function<NotYet, String> message = notYet -> notYet.failure().message();
    return missing(line).map(message).orElse("");
  }

  private static String name(Line line) {
    return "`" + line.method() + " " + line.path() + "`";
  }
}
