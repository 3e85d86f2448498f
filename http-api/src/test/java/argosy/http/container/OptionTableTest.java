package argosy.http.container;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import argosy.http.container.OptionTable.Sample;
import argosy.http.container.OptionTable.Standing;
import argosy.http.wire.Config;
import argosy.http.wire.EndpointSettings;
import argosy.http.wire.HostConfig;
import argosy.http.wire.Mount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The README's table of options is what the reader does. After a change: {@code mvn -pl http-api
 * -am test -Dtest=OptionTableTest -Dsurefire.failIfNoSpecifiedTests=false -Dreadme=write}.
 */
class OptionTableTest {
  private static final Path README = Path.of("..", "README.md");
  private static final String BEGIN = "<!-- options:begin -->\n";
  private static final String END = "<!-- options:end -->";
  private static final Map<String, Class<?>> RECORDS =
      Map.of(
          "Config", Config.class,
          "Config.Healthcheck", Config.Healthcheck.class,
          "HostConfig", HostConfig.class,
          "HostConfig.Mounts", Mount.class,
          "HostConfig.Mounts.BindOptions", Mount.BindOptions.class,
          "HostConfig.Mounts.VolumeOptions", Mount.VolumeOptions.class,
          "HostConfig.Mounts.ImageOptions", Mount.ImageOptions.class,
          "HostConfig.Mounts.TmpfsOptions", Mount.TmpfsOptions.class,
          "NetworkingConfig.EndpointsConfig", EndpointSettings.class,
          "NetworkingConfig.EndpointsConfig.IPAMConfig", EndpointSettings.IpamConfig.class);

  /** Of an endpoint the engine tells these, nobody asks for them. */
  private static final Set<String> TOLD =
      Set.of(
          "NetworkID",
          "EndpointID",
          "Gateway",
          "IPAddress",
          "IPPrefixLen",
          "IPv6Gateway",
          "GlobalIPv6Address",
          "GlobalIPv6PrefixLen",
          "DNSNames");

  @Test
  void every_field_that_a_body_may_have_is_in_the_table() {
    var listed =
        OptionTable.samples().stream()
            .collect(
                Collectors.groupingBy(
                    Sample::section, Collectors.mapping(Sample::field, Collectors.toSet())));
    RECORDS.forEach((section, type) -> {
      var missing =
          OptionTable.fields(type).stream()
              .filter(field -> !listed.getOrDefault(section, Set.of()).contains(field))
              .filter(field -> !RECORDS.containsKey(section + "." + field))
              .filter(field -> type != EndpointSettings.class || !TOLD.contains(field))
              .toList();
      assertEquals(List.of(), missing, section);
      var unknown =
          listed.getOrDefault(section, Set.of()).stream()
              .filter(field -> !OptionTable.fields(type).contains(field))
              .toList();
      assertEquals(List.of(), unknown, section);
    });
    assertEquals(RECORDS.keySet(), listed.keySet());
  }

  @Test
  void what_changes_nothing_has_a_reason_and_nothing_else_claims_one() {
    for (Sample sample : OptionTable.samples()) {
      boolean idle = sample.kept() || OptionTable.standing(sample) instanceof Standing.Idle;
      assertEquals(idle, !sample.reason().isEmpty(), sample.name() + " " + sample.value());
    }
  }

  @Test
  void what_is_refused_says_why_in_a_sentence() {
    for (Sample sample : OptionTable.samples()) {
      if (OptionTable.standing(sample) instanceof Standing.Refuses(var sentence)) {
        assertTrue(sentence.length() > 12, sample.name());
        assertTrue(!sentence.startsWith("invalid JSON"), sample.name() + ": " + sentence);
      }
    }
  }

  @Test
  void the_readme_says_what_is_so() throws IOException {
    assumeTrue(Files.exists(README));
    String text = Files.readString(README);
    int begin = text.indexOf(BEGIN);
    int end = text.indexOf(END);
    assertTrue(begin >= 0 && end > begin, "the README's place for the table");
    begin += BEGIN.length();
    if ("write".equals(System.getProperty("readme"))) {
      text = text.substring(0, begin) + OptionTable.markdown() + text.substring(end);
      Files.writeString(README, text);
      end = text.indexOf(END);
    }
    assertEquals(OptionTable.markdown(), text.substring(begin, end));
  }
}
