package argosy.engine.dockerfile;

import argosy.engine.disk.Json;
import argosy.engine.dockerfile.Instruction.Pair;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How an instruction's arguments come apart: by white space, by quotes, or as a JSON array. */
final class Words {
  private final char escape;

  Words(char escape) {
    this.escape = escape;
  }

  /** Words between white space; quotes and escapes keep white space in a word, and stay in it. */
  List<String> split(String text) {
    var words = new ArrayList<String>();
    var word = new StringBuilder();
    char quote = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quote == 0 && Character.isWhitespace(c)) {
        flush(word, words);
        continue;
      }
      word.append(c);
      if (c == escape && quote != '\'' && i + 1 < text.length()) {
        word.append(text.charAt(++i));
      } else if (quote == 0 && (c == '"' || c == '\'')) {
        quote = c;
      } else if (c == quote) {
        quote = 0;
      }
    }
    flush(word, words);
    return words;
  }

  private static void flush(StringBuilder word, List<String> words) {
    if (!word.isEmpty()) {
      words.add(word.toString());
      word.setLength(0);
    }
  }

  /** The strings of a JSON array; nothing when the text is none, which then is a plain line. */
  static Optional<List<String>> array(String text) {
    if (!text.stripLeading().startsWith("[")) {
      return Optional.empty();
    }
    try {
      JsonNode node = Json.mapper().readTree(text);
      var words = new ArrayList<String>();
      for (JsonNode word : node) {
        if (!word.isTextual()) {
          return Optional.empty();
        }
        words.add(word.asText());
      }
      return node.isArray() ? Optional.of(words) : Optional.empty();
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  /** An array's strings, else the words: what ADD, COPY and VOLUME take. */
  List<String> list(String text) {
    return array(text).orElseGet(() -> split(text));
  }

  /** {@code name=value …}, or the old {@code name value} with the rest of the line as value. */
  List<Pair> pairs(LogicalLine line, String instruction, String text) {
    List<String> words = split(text);
    if (!words.getFirst().contains("=")) {
      String[] halves = text.split("\\s+", 2);
      if (halves.length < 2) {
        throw ParseProblem.at(line.number(), instruction + " must have two arguments");
      }
      return List.of(new Pair(halves[0], halves[1]));
    }
    var pairs = new ArrayList<Pair>();
    for (String word : words) {
      int equals = word.indexOf('=');
      if (equals < 0) {
        throw ParseProblem.at(
            line.number(),
            "Syntax error - can't find = in \"" + word + "\". Must be of the form: name=value");
      }
      if (equals == 0) {
        throw ParseProblem.at(line.number(), instruction + " names can not be blank");
      }
      pairs.add(new Pair(word.substring(0, equals), word.substring(equals + 1)));
    }
    return pairs;
  }
}
