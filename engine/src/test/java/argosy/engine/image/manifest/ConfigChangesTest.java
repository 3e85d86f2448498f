package argosy.engine.image.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import argosy.engine.disk.Json;
import argosy.engine.failure.Refused;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigChangesTest {
  @Test
  void applies_dockerfile_lines_in_order() {
    var config = Json.mapper().createObjectNode();
    ConfigChanges.apply(
        List.of(
            "CMD [\"a\", \"b\"]",
            "entrypoint echo hi",
            "ENV A=b C=\"d e\"",
            "ENV A old style",
            "LABEL k=\"v w\"",
            "EXPOSE 80 53/udp",
            "VOLUME /data",
            "USER me",
            "WORKDIR /a",
            "WORKDIR \\\n b\nSTOPSIGNAL SIGINT"),
        config);
    assertEquals(
        """
        {"Cmd":["a","b"],"Entrypoint":["/bin/sh","-c","echo hi"],"Env":["A=old style","C=d e"],\
        "Labels":{"k":"v w"},"ExposedPorts":{"80/tcp":{},"53/udp":{}},"Volumes":{"/data":{}},\
        "User":"me","WorkingDir":"/a/b","StopSignal":"SIGINT"}\
        """,
        config.toString());
  }

  @ParameterizedTest
  @CsvSource({
    "RUN x, run is not a valid change command",
    "FOO x, foo is not a valid change command",
    "ENV, ENV requires at least one argument",
  })
  void refuses_others(String line, String sentence) {
    var refused =
        assertThrows(
            Refused.class,
            () -> ConfigChanges.apply(List.of(line), Json.mapper().createObjectNode()));
    assertEquals(sentence, refused.getMessage());
  }
}
