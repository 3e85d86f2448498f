package argosy.http;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.ParseResult;

/** The daemon's configuration: options over the file over the defaults of every module. */
final class Settings {
  private static final Path DEFAULT_FILE = Path.of("/etc/argosy/argosyd.conf");

  /** Below these stands whatever the actor library understands. */
  private static final List<String> OPEN =
      List.of("argosy.engine.system.", "argosy.cluster.system.");

  private Settings() {}

  /**
   * Reads everything.
   *
   * @throws NotStarted with a sentence for the operator
   */
  static Config of(ParseResult options) {
    refuseNotBuilt(options);
    try {
      return options(options)
          .withFallback(file(options.matchedOptionValue(CommandLineSpec.CONFIG, "")))
          .withFallback(ConfigFactory.defaultReferenceUnresolved(Settings.class.getClassLoader()))
          .resolve();
    } catch (ConfigException e) {
      throw new NotStarted("the configuration can not be read: " + e.getMessage(), e);
    }
  }

  /**
   * Reads the modules' defaults, which the library keeps: a third of the daemon's time to start
   * when nothing else is done meanwhile.
   */
  static void readDefaults() {
    ConfigFactory.defaultReferenceUnresolved(Settings.class.getClassLoader());
  }

  private static void refuseNotBuilt(ParseResult options) {
    for (var name : CommandLineSpec.NOT_BUILT) {
      if (options.hasMatchedOption(name)) {
        throw new NotStarted(
            name
                + " is not built yet: certificates come later; until then use a Unix socket, a loopback address, or --insecure-tcp");
      }
    }
  }

  private static Config options(ParseResult options) {
    var values = new HashMap<String, Object>();
    CommandLineSpec.KEYS.forEach((name, key) -> {
      if (options.hasMatchedOption(name)) {
        values.put(key, options.matchedOptionValue(name, (Object) ""));
      }
    });
    return ConfigFactory.parseMap(values, "the command line");
  }

  private static Config file(String named) {
    var path = named.isEmpty() ? DEFAULT_FILE : Path.of(named);
    if (named.isEmpty() && !Files.exists(path)) {
      return ConfigFactory.empty();
    }
    if (!Files.isReadable(path) || Files.isDirectory(path)) {
      throw new NotStarted("the configuration file " + path + " can not be read");
    }
    var config =
        ConfigFactory.parseFile(
            path.toFile(), ConfigParseOptions.defaults().setAllowMissing(false));
    var known = known();
    for (Map.Entry<String, ConfigValue> entry : config.resolve().entrySet()) {
      if (!known.hasPath(entry.getKey()) && OPEN.stream().noneMatch(entry.getKey()::startsWith)) {
        throw new NotStarted(
            "unknown key %s in %s"
                .formatted(entry.getKey(), entry.getValue().origin().description()));
      }
    }
    return config;
  }

  /** Only our own keys, so that nobody sets the actor library's by accident for both systems. */
  private static Config known() {
    var all = ConfigFactory.defaultReferenceUnresolved(Settings.class.getClassLoader());
    return ConfigValueFactory.fromMap(Map.of("argosy", all.getObject("argosy"))).toConfig();
  }
}
