package argosy.engine.image.manifest;

import argosy.engine.disk.Json;
import argosy.engine.dockerfile.Instruction;
import argosy.engine.dockerfile.Instruction.Command;
import argosy.engine.dockerfile.Instruction.Pair;
import argosy.engine.failure.Failure;
import argosy.engine.failure.Refused;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What instructions, their variables put in, make of an image's {@code config} object (OCI image
 * spec, config.md, and Docker's additions).
 */
public final class ConfigEdits {
  private static final Pattern PORTS =
      Pattern.compile(
          "([0-9]{1,5})(?:-([0-9]{1,5}))?(?:/(tcp|udp|sctp))?", Pattern.CASE_INSENSITIVE);
  private static final List<String> DEFAULT_SHELL = List.of("/bin/sh", "-c");

  private final ObjectNode config;
  private boolean hasCommand;

  /** {@code config}: is changed in place. */
  public ConfigEdits(ObjectNode config) {
    this.config = config;
  }

  /** True when the instruction is one that only changes the configuration, and now has. */
  public boolean apply(Instruction instruction) {
    switch (instruction) {
      case Instruction.Cmd(var command) -> {
        config.set("Cmd", array(words(command)));
        hasCommand = true;
      }
      case Instruction.Entrypoint(var command) -> entrypoint(command);
      case Instruction.Env(var variables) -> variables.forEach(this::env);
      case Instruction.Label(var labels) ->
          labels.forEach(label -> object("Labels").put(label.name(), label.value()));
      case Instruction.Expose(var ports) -> ports.forEach(this::expose);
      case Instruction.Volume(var paths) ->
          paths.forEach(path -> object("Volumes").putObject(path));
      case Instruction.User(var user) -> config.put("User", user);
      case Instruction.Workdir(var path) ->
          config.put("WorkingDir", resolved(config.path("WorkingDir").asText(""), path));
      case Instruction.Stopsignal(var signal) -> config.put("StopSignal", signal);
      case Instruction.Shell(var shell) -> config.set("Shell", array(shell));
      case Instruction.Onbuild(var line) -> list("OnBuild").add(line);
      case Instruction.Healthcheck check -> health(check);
      case Instruction.From _,
          Instruction.Run _,
          Instruction.Copy _,
          Instruction.Arg _,
          Instruction.Maintainer _ -> {
        return false;
      }
    }
    return true;
  }

  /** A command's words: in shell form the shell's, then the line. */
  public List<String> words(Command command) {
    if (command.exec()) {
      return command.words();
    }
    var words = new ArrayList<>(shell());
    words.addAll(command.words());
    return words;
  }

  /** The shell that shell forms are given to. */
  public List<String> shell() {
    JsonNode shell = config.path("Shell");
    if (shell.isEmpty()) {
      return DEFAULT_SHELL;
    }
    var words = new ArrayList<String>();
    shell.forEach(word -> words.add(word.asText()));
    return words;
  }

  /** An inherited CMD was meant for the inherited entry point. */
  private void entrypoint(Command command) {
    config.set("Entrypoint", array(words(command)));
    if (!hasCommand) {
      config.remove("Cmd");
    }
  }

  private void env(Pair pair) {
    ArrayNode all = list("Env");
    String entry = pair.name() + "=" + pair.value();
    for (int i = 0; i < all.size(); i++) {
      if (all.get(i).asText().startsWith(pair.name() + "=")) {
        all.set(i, entry);
        return;
      }
    }
    all.add(entry);
  }

  private void expose(String text) {
    // Docker reads -p's form here too and keeps the container's half
    String own = text.substring(text.lastIndexOf(':') + 1);
    Matcher ports = PORTS.matcher(own);
    if (!ports.matches()) {
      int slash = own.indexOf('/');
      throw new Refused(
          new Failure.Invalid(
              slash > 0 && own.substring(0, slash).matches("[0-9-]+")
                  ? "invalid proto: " + own.substring(slash + 1)
                  : "invalid containerPort: " + text));
    }
    int first = Integer.parseInt(ports.group(1));
    int last = ports.group(2) == null ? first : Integer.parseInt(ports.group(2));
    if (first > last || last > 65535) {
      throw new Refused(new Failure.Invalid("invalid containerPort: " + text));
    }
    String protocol = ports.group(3) == null ? "tcp" : ports.group(3).toLowerCase(Locale.ROOT);
    for (int port = first; port <= last; port++) {
      object("ExposedPorts").putObject(port + "/" + protocol);
    }
  }

  /** A relative path goes on from the one before, the root if there was none. */
  public static String resolved(String before, String path) {
    return Path.of("/", before).resolve(path).normalize().toString();
  }

  private void health(Instruction.Healthcheck check) {
    ObjectNode node = config.putObject("Healthcheck");
    Command command = check.command();
    if (command == null) {
      node.putArray("Test").add("NONE");
      return;
    }
    node.putArray("Test").add(command.exec() ? "CMD" : "CMD-SHELL").addAll(array(command.words()));
    duration(node, "Interval", check.interval());
    duration(node, "Timeout", check.timeout());
    duration(node, "StartPeriod", check.startPeriod());
    duration(node, "StartInterval", check.startInterval());
    if (check.retries() > 0) {
      node.put("Retries", check.retries());
    }
  }

  private static void duration(ObjectNode node, String name, Duration value) {
    if (!value.isZero()) {
      node.put(name, value.toNanos());
    }
  }

  private static ArrayNode array(List<String> words) {
    ArrayNode array = Json.mapper().createArrayNode();
    words.forEach(array::add);
    return array;
  }

  private ObjectNode object(String name) {
    return config.get(name) instanceof ObjectNode there ? there : config.putObject(name);
  }

  private ArrayNode list(String name) {
    return config.get(name) instanceof ArrayNode there ? there : config.putArray(name);
  }
}
