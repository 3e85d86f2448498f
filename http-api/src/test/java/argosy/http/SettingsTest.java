package argosy.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import argosy.engine.EngineConfig;
import argosy.http.transport.ListenAddress;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class SettingsTest {
  @TempDir Path directory;

  private static Config settings(String... arguments) {
    return Settings.of(new CommandLine(CommandLineSpec.create()).parseArgs(arguments));
  }

  private Config file(String text, String... more) throws IOException {
    var path = Files.writeString(directory.resolve("argosyd.conf"), text);
    var arguments = new java.util.ArrayList<>(List.of("--config", path.toString()));
    arguments.addAll(List.of(more));
    return settings(arguments.toArray(String[]::new));
  }

  private static String refusal(Config config) {
    return String.valueOf(
        assertThrows(RuntimeException.class, () -> HttpConfig.from(config)).getMessage());
  }

  @Test
  void options_win_over_the_file_and_the_file_over_the_defaults() throws Exception {
    var text = "argosy.engine { name = one, labels = [\"a=b\"], data-root = /x }";
    var config = file(text, "--name", "two", "-H", "tcp://127.0.0.1:0", "-H", "unix:///s");
    var engine = EngineConfig.from(config);
    assertEquals("two", engine.name());
    assertEquals(List.of("a=b"), engine.labels());
    assertEquals(Path.of("/x"), engine.dataRoot());
    assertEquals(Path.of("/run/argosy"), engine.execRoot());
    assertFalse(engine.debug());
    assertEquals(
        List.of(new ListenAddress.Tcp("127.0.0.1", 0), new ListenAddress.Unix(Path.of("/s"))),
        HttpConfig.from(config).listen());
  }

  @Test
  void every_option_sets_a_key_that_exists() {
    var reference = ConfigFactory.defaultReference();
    CommandLineSpec.KEYS.forEach((option, key) -> assertTrue(reference.hasPath(key), option));
    for (var name : CommandLineSpec.KEYS.keySet()) {
      assertTrue(CommandLineSpec.create().findOption(name) != null, name);
    }
  }

  @Test
  void an_unknown_key_is_refused_with_its_line() throws Exception {
    var thrown =
        assertThrows(NotStarted.class, () -> file("\nargosy.http {\n listne = [] \n nmae = 1 }"));
    assertTrue(
        String.valueOf(thrown.getMessage()).matches("unknown key argosy.http.nmae in .*conf: 4"),
        thrown::getMessage);
    assertThrows(NotStarted.class, () -> file("pekko.loglevel = DEBUG"));
    file("argosy.engine.system.pekko.loglevel = DEBUG");
  }

  @Test
  void what_can_not_be_read_is_told_in_a_sentence() throws Exception {
    assertTrue(
        String.valueOf(
                assertThrows(NotStarted.class, () -> settings("--config", "/nope")).getMessage())
            .contains("/nope can not be read"));
    assertThrows(NotStarted.class, () -> file("argosy {"));
    assertThrows(NotStarted.class, () -> settings("--tlsverify"));
    assertTrue(refusal(file("argosy.http.max-connections = 0")).contains("max-connections"));
    assertTrue(refusal(file("argosy.http.stop-grace = fast")).contains("stop-grace"));
    assertTrue(refusal(settings("-H", "http://x:1")).contains("can not listen on http://x:1"));
    assertTrue(refusal(settings("-H", "tcp://x")).contains("tcp://127.0.0.1:2375"));
    assertTrue(refusal(settings("-H", "unix://relative")).contains("must be absolute"));
  }

  @Test
  void the_operators_file_lists_every_key_with_its_default() {
    var file = ConfigFactory.parseFile(Path.of("../config/argosyd.conf").toFile()).resolve();
    assertEquals(keys(ConfigFactory.defaultReference()), keys(file));
  }

  private static Map<String, Object> keys(Config config) {
    var keys = new TreeMap<String, Object>();
    for (var module : config.getObject("argosy").entrySet()) {
      collect("argosy." + module.getKey(), (ConfigObject) module.getValue(), keys);
    }
    return keys;
  }

  private static void collect(String path, ConfigObject object, Map<String, Object> keys) {
    for (Map.Entry<String, ConfigValue> entry : object.entrySet()) {
      var name = path + "." + entry.getKey();
      boolean open = name.equals("argosy.engine.system") || name.equals("argosy.cluster.system");
      if (open) {
        keys.put(name, "");
      } else if (entry.getValue() instanceof ConfigObject inner) {
        collect(name, inner, keys);
      } else {
        keys.put(name, entry.getValue().unwrapped());
      }
    }
  }

  @Test
  void help_names_every_option_of_the_contract() {
    var help = new CommandLine(CommandLineSpec.create()).getUsageMessage();
    var names =
        CommandLineSpec.KEYS.keySet().stream()
            .filter(name -> !help.contains(name))
            .collect(Collectors.toSet());
    assertEquals(java.util.Set.of(), names);
    assertFalse(help.contains("--tls"), help);
  }
}
