package argosy.engine.container.listing;

import argosy.engine.container.Container;
import argosy.engine.container.Lifecycle;
import argosy.engine.container.life.Moves;
import argosy.engine.failure.Failure;
import argosy.engine.failure.Refused;
import argosy.engine.network.Sandbox;
import argosy.engine.spec.Port;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One predicate for each value of a filter. */
final class ContainerFilters {
  private static final Pattern RANGE = Pattern.compile("(\\d+)(?:-(\\d+))?(?:/(\\w+))?");

  private ContainerFilters() {}

  /** By the reference the container was made from, or its image's id. */
  static Predicate<Container> ancestor(String value) {
    String wanted = familiar(value);
    return container ->
        familiar(container.spec().image()).equals(wanted)
            || container.imageId().equals(value)
            || container.imageId().startsWith("sha256:" + value)
            || container.imageId().startsWith(value) && value.startsWith("sha256:");
  }

  private static String familiar(String reference) {
    String bare = reference.replaceFirst("^docker\\.io/(library/)?", "");
    int slash = bare.lastIndexOf('/');
    boolean tagged = bare.indexOf(':', slash + 1) >= 0 || bare.contains("@");
    return tagged ? bare : bare + ":latest";
  }

  static Predicate<Container> exited(String value) {
    int code;
    try {
      code = Integer.parseInt(value);
    } catch (NumberFormatException e) {
      throw new Refused(new Failure.Invalid("invalid filter 'exited=" + value + "'"), e);
    }
    return container ->
        container.state() instanceof Lifecycle.Exited(var ended) && ended.code() == code;
  }

  static Predicate<Container> health(String value) {
    if (!Set.of("none", "starting", "healthy", "unhealthy").contains(value)) {
      throw new Refused(new Failure.Invalid("invalid filter 'health=" + value + "'"));
    }
    return container -> {
      var health = container.health();
      return (health == null ? "none" : health.status()).equals(value);
    };
  }

  static Predicate<Container> id(String value) {
    return container -> container.id().startsWith(value);
  }

  static Predicate<Container> label(String value) {
    int equals = value.indexOf('=');
    String key = equals < 0 ? value : value.substring(0, equals);
    return container -> {
      String held = container.spec().identity().labels().get(key);
      return held != null && (equals < 0 || held.equals(value.substring(equals + 1)));
    };
  }

  /** A regular expression found anywhere in the name, with or without its slash. */
  static Predicate<Container> name(String value) {
    Pattern pattern;
    try {
      pattern = Pattern.compile(value);
    } catch (PatternSyntaxException e) {
      throw new Refused(
          new Failure.Invalid("invalid filter 'name=" + value + "': " + e.getDescription()), e);
    }
    return container ->
        pattern.matcher("/" + container.name()).find() || pattern.matcher(container.name()).find();
  }

  static Predicate<Container> network(String value) {
    return container -> {
      var sandbox = container.sandbox();
      String mode = container.spec().network().mode();
      boolean asked =
          (mode.equals("default") ? "bridge" : mode).equals(value)
              || container.spec().network().endpoints().containsKey(value);
      return asked
          || sandbox != null
              && sandbox.endpoints().stream()
                  .anyMatch(
                      end -> end.network().equals(value) || end.networkId().startsWith(value));
    };
  }

  static Predicate<Container> publish(String value) {
    Predicate<Port> wanted = ports(value);
    return container -> {
      var sandbox = container.sandbox();
      var ports =
          sandbox == null
              ? container.spec().network().bindings().keySet()
              : sandbox.ports().stream()
                  .flatMap(ContainerFilters::numbers)
                  .collect(Collectors.toSet());
      return ports.stream().anyMatch(wanted);
    };
  }

  private static Stream<Port> numbers(Sandbox.Published published) {
    Port port = published.port();
    return published.isTranslated()
        ? Stream.of(port, new Port(published.hostPort(), port.protocol()))
        : Stream.of(port);
  }

  static Predicate<Container> expose(String value) {
    Predicate<Port> wanted = ports(value);
    return container -> container.spec().network().exposed().stream().anyMatch(wanted);
  }

  private static Predicate<Port> ports(String value) {
    var range = RANGE.matcher(value);
    if (!range.matches()) {
      throw new Refused(new Failure.Invalid("invalid port range: " + value));
    }
    int first = Integer.parseInt(range.group(1));
    int last = range.group(2) == null ? first : Integer.parseInt(range.group(2));
    String protocol = range.group(3) == null ? "tcp" : range.group(3);
    return port ->
        port.number() >= first && port.number() <= last && port.protocol().equals(protocol);
  }

  static Predicate<Container> status(String value) {
    return container -> Moves.status(container.state()).equals(value);
  }

  static Predicate<Container> volume(String value) {
    return container ->
        container.mounts().stream()
            .anyMatch(mount ->
                mount.name().equals(value)
                    || mount.source().equals(value)
                    || mount.destination().equals(value));
  }
}
