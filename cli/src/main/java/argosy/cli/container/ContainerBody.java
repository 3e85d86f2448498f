package argosy.cli.container;

import argosy.cli.command.Arguments;
import argosy.cli.json.Json;
import argosy.cli.output.Moment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What {@code POST /containers/create} is sent: Config, HostConfig and NetworkingConfig. */
record ContainerBody(Arguments arguments, Map<String, String> environment) {

  /**
   * @throws IOException when a file that an option names can not be read
   * @throws IllegalArgumentException with a sentence for the user
   */
  Json json() throws IOException {
    List<String> operands = arguments.operands();
    Fields config = new Fields(arguments);
    config
        .put("Image", operands.getFirst())
        .putAll("Cmd", operands.subList(1, operands.size()))
        .putAll("Env", variables())
        .putAll("Labels", labels())
        .putAll("ExposedPorts", PortSpecs.exposed(arguments))
        .putAll("Volumes", MountSpecs.anonymous(arguments.list("--volume")));
    CreateFlags.fill(config, CreateFlag.Place.CONFIG);
    if (arguments.has("--entrypoint")) {
      config.put("Entrypoint", List.of(arguments.text("--entrypoint")));
    }
    streams(config);
    config.putAll("Healthcheck", health());
    config.put("HostConfig", new HostBody(arguments).fields());
    config.putAll("NetworkingConfig", networking());
    return new Json(config.map());
  }

  private void streams(Fields config) {
    Set<String> attached = attached(arguments);
    boolean open = arguments.flag("--interactive");
    config
        .put("AttachStdin", attached.contains("stdin"))
        .put("AttachStdout", attached.contains("stdout"))
        .put("AttachStderr", attached.contains("stderr"))
        .put("OpenStdin", open)
        .put("StdinOnce", open && attached.contains("stdin"));
  }

  /** The streams that the user stays connected to. */
  static Set<String> attached(Arguments arguments) {
    if (arguments.flag("--detach")) {
      return Set.of();
    }
    List<String> named = arguments.list("--attach");
    if (named.isEmpty()) {
      return arguments.flag("--interactive")
          ? Set.of("stdin", "stdout", "stderr")
          : Set.of("stdout", "stderr");
    }
    Set<String> streams = new java.util.TreeSet<>();
    for (String name : named) {
      String stream = name.toLowerCase(Locale.ROOT);
      if (!Set.of("stdin", "stdout", "stderr").contains(stream)) {
        throw new IllegalArgumentException("--attach: stdin, stdout or stderr, not " + name);
      }
      streams.add(stream);
    }
    return streams;
  }

  private List<String> variables() throws IOException {
    List<String> variables = new ArrayList<>();
    for (String file : arguments.list("--env-file")) {
      lines(file).forEach(line -> variable(line, variables));
    }
    arguments.list("--env").forEach(text -> variable(text, variables));
    return variables;
  }

  private void variable(String text, List<String> into) {
    if (text.indexOf('=') >= 0) {
      into.add(text);
    } else if (environment.containsKey(text)) {
      into.add(text + "=" + environment.get(text));
    }
  }

  private Map<String, String> labels() throws IOException {
    List<String> labels = new ArrayList<>();
    for (String file : arguments.list("--label-file")) {
      labels.addAll(lines(file));
    }
    labels.addAll(arguments.list("--label"));
    return Fields.pairs(labels);
  }

  private static List<String> lines(String file) throws IOException {
    List<String> lines = new ArrayList<>();
    for (String line : Files.readAllLines(Path.of(file))) {
      if (!line.isBlank() && !line.startsWith("#")) {
        lines.add(line.stripLeading());
      }
    }
    return lines;
  }

  private Map<String, Object> health() {
    Fields health = new Fields(arguments);
    if (arguments.flag("--no-healthcheck")) {
      return health.put("Test", List.of("NONE")).map();
    }
    if (arguments.has("--health-cmd")) {
      health.put("Test", List.of("CMD-SHELL", arguments.text("--health-cmd")));
    }
    nanos(health, "Interval", "--health-interval");
    nanos(health, "Timeout", "--health-timeout");
    nanos(health, "StartPeriod", "--health-start-period");
    nanos(health, "StartInterval", "--health-start-interval");
    return health.number("Retries", "--health-retries").map();
  }

  private void nanos(Fields fields, String field, String option) {
    if (arguments.has(option)) {
      fields.put(field, Moment.span(arguments.text(option)).toNanos());
    }
  }

  private Map<String, Object> networking() {
    Fields endpoint = new Fields(arguments).list("Aliases", "--network-alias");
    endpoint.putAll(
        "IPAMConfig",
        new Fields(arguments)
            .text("IPv4Address", "--ip")
            .text("IPv6Address", "--ip6")
            .list("LinkLocalIPs", "--link-local-ip")
            .map());
    if (endpoint.map().isEmpty()) {
      return Map.of();
    }
    Map<String, Object> endpoints = new LinkedHashMap<>();
    endpoints.put(arguments.text("--network", "default"), endpoint.map());
    return Map.of("EndpointsConfig", endpoints);
  }
}
