package argosy.engine.image.manifest;

import argosy.engine.disk.Json;
import argosy.engine.failure.Failure;
import argosy.engine.failure.Refused;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The Dockerfile lines that {@code import --change} and {@code commit --change} may carry. */
public final class ConfigChanges {
  private static final Pattern WORD =
      Pattern.compile("(?:[^\\s\"'\\\\]|\\\\.|\"(?:[^\"\\\\]|\\\\.)*\"|'[^']*')+");

  private final ObjectNode config;

  private ConfigChanges(ObjectNode config) {
    this.config = config;
  }

  /** Applies lines, in order, to a configuration's {@code config} object. */
  public static void apply(List<String> lines, ObjectNode config) {
    var changes = new ConfigChanges(config);
    for (String line : lines) {
      if (!line.isBlank()) {
        changes.apply(line.strip());
      }
    }
  }

  private void apply(String line) {
    String[] halves = line.split("\\s+", 2);
    String instruction = halves[0].toUpperCase(Locale.ROOT);
    String rest = halves.length > 1 ? halves[1].strip() : "";
    if (rest.isEmpty()) {
      throw invalid("%s requires at least one argument".formatted(instruction));
    }
    switch (instruction) {
      case "CMD" -> config.set("Cmd", command(rest));
      case "ENTRYPOINT" -> config.set("Entrypoint", command(rest));
      case "ENV" -> pairs(rest).forEach(this::env);
      case "LABEL" -> pairs(rest).forEach(pair -> object("Labels").put(pair.name(), pair.value()));
      case "EXPOSE" -> words(rest).forEach(this::expose);
      case "VOLUME" -> volumes(rest);
      case "USER" -> config.put("User", unquote(rest));
      case "WORKDIR" -> workingDirectory(unquote(rest));
      case "STOPSIGNAL" -> config.put("StopSignal", unquote(rest));
      case "SHELL" -> config.set("Shell", array(rest));
      case "ONBUILD" -> list("OnBuild").add(rest);
      case "HEALTHCHECK" -> health(rest);
      case "RUN", "FROM", "COPY", "ADD", "ARG", "MAINTAINER" ->
          throw invalid(instruction + " is not a valid change command");
      default ->
          throw invalid("dockerfile parse error on line 1: unknown instruction: " + halves[0]);
    }
  }

  private record Pair(String name, String value) {}

  private void env(Pair pair) {
    ArrayNode all = list("Env");
    for (int i = 0; i < all.size(); i++) {
      if (all.get(i).asText().startsWith(pair.name() + "=")) {
        all.remove(i--);
      }
    }
    all.add(pair.name() + "=" + pair.value());
  }

  private void expose(String port) {
    String name = port.contains("/") ? port : port + "/tcp";
    if (!name.matches("[0-9]+(-[0-9]+)?/(tcp|udp|sctp)")) {
      throw invalid("Invalid containerPort: " + port);
    }
    object("ExposedPorts").putObject(name);
  }

  private void volumes(String rest) {
    if (rest.startsWith("[")) {
      array(rest).forEach(path -> object("Volumes").putObject(path.asText()));
    } else {
      words(rest).forEach(path -> object("Volumes").putObject(path));
    }
  }

  private void workingDirectory(String path) {
    String before = config.path("WorkingDir").asText("");
    config.put(
        "WorkingDir",
        path.startsWith("/") ? path : (before.endsWith("/") ? before : before + "/") + path);
  }

  /** Without the flags for times and retries, which only a build takes. */
  private void health(String rest) {
    ObjectNode check = object("Healthcheck");
    ArrayNode test = check.putArray("Test");
    if (rest.equalsIgnoreCase("NONE")) {
      test.add("NONE");
    } else if (rest.toUpperCase(Locale.ROOT).startsWith("CMD ")) {
      String command = rest.substring("CMD ".length()).strip();
      if (command.startsWith("[")) {
        test.add("CMD").addAll(array(command));
      } else {
        test.add("CMD-SHELL").add(command);
      }
    } else {
      throw invalid("HEALTHCHECK in a change is NONE or CMD and a command");
    }
  }

  private static ArrayNode command(String rest) {
    if (rest.startsWith("[")) {
      return array(rest);
    }
    return Json.mapper().createArrayNode().add("/bin/sh").add("-c").add(rest);
  }

  private static ArrayNode array(String text) {
    try {
      JsonNode node = Json.mapper().readTree(text);
      if (node instanceof ArrayNode array) {
        return array;
      }
    } catch (JsonProcessingException e) {
      throw new Refused(new Failure.Invalid("not a JSON array of strings: " + text), e);
    }
    throw invalid("not a JSON array of strings: " + text);
  }

  private static List<Pair> pairs(String rest) {
    List<String> words = words(rest);
    if (!words.getFirst().contains("=")) {
      String[] halves = rest.split("\\s+", 2);
      if (halves.length < 2) {
        throw invalid("a name and a value are needed: " + rest);
      }
      return List.of(new Pair(halves[0], halves[1]));
    }
    var pairs = new ArrayList<Pair>();
    for (String word : words) {
      int equals = word.indexOf('=');
      if (equals < 1) {
        throw invalid(
            "Syntax error - can't find = in \"" + word + "\". Must be of the form: name=value");
      }
      pairs.add(new Pair(unquote(word.substring(0, equals)), unquote(word.substring(equals + 1))));
    }
    return pairs;
  }

  private static List<String> words(String text) {
    return WORD.matcher(text).results().map(found -> found.group()).toList();
  }

  private static String unquote(String word) {
    Matcher parts =
        Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"|'([^']*)'|\\\\(.)|(.)").matcher(word);
    var plain = new StringBuilder();
    while (parts.find()) {
      if (parts.group(1) != null) {
        plain.append(parts.group(1).replaceAll("\\\\(.)", "$1"));
      } else if (parts.group(2) != null) {
        plain.append(parts.group(2));
      } else {
        plain.append(parts.group(3) == null ? parts.group(4) : parts.group(3));
      }
    }
    return plain.toString();
  }

  private ObjectNode object(String name) {
    return config.get(name) instanceof ObjectNode there ? there : config.putObject(name);
  }

  private ArrayNode list(String name) {
    return config.get(name) instanceof ArrayNode there ? there : config.putArray(name);
  }

  private static Refused invalid(String sentence) {
    return new Refused(new Failure.Invalid(sentence));
  }
}
