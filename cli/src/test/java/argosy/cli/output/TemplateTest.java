package argosy.cli.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import argosy.cli.json.Json;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TemplateTest {
  private static final String THING =
      "{\"State\":{\"Pid\":7,\"Ok\":true},\"Cmd\":[\"a\",\"b\"],\"L\":{\"k\":\"v\",\"a\":null}}";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{{.State.Pid}}|7",
        "pid {{ .State.Pid }}, {{.State.Ok}}|pid 7, true",
        "{{.Cmd}}|[a b]",
        "{{.L}}|map[a:<nil> k:v]",
        "{{json .Cmd}}|[\"a\",\"b\"]",
        "{{json .State}}|{\"Pid\":7,\"Ok\":true}",
        "{{.Nope.Deep}}|<no value>",
        "plain|plain"
      })
  void renders(String template, String expected) throws IOException {
    assertEquals(expected, Template.parse(template).render(Json.parse(THING)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{{range .Cmd}}x{{end}}", "{{.A", "{{len .Cmd}}", "{{upper .A}}", "{{}}"})
  void refuses_what_it_would_misread(String template) {
    assertThrows(IllegalArgumentException.class, () -> Template.parse(template));
  }
}
