package argosy.cli.container;

import static org.junit.jupiter.api.Assertions.assertEquals;

import argosy.cli.json.Json;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class PortsTest {
  @Test
  void runs_of_ports_are_joined() throws IOException {
    String ports =
        """
        [{"IP":"0.0.0.0","PublicPort":8081,"PrivatePort":81,"Type":"tcp"},
         {"IP":"0.0.0.0","PublicPort":8080,"PrivatePort":80,"Type":"tcp"},
         {"IP":"::","PublicPort":8080,"PrivatePort":80,"Type":"tcp"},
         {"PrivatePort":443,"Type":"tcp"},{"PrivatePort":444,"Type":"tcp"},
         {"PrivatePort":53,"Type":"udp"}]
        """;
    assertEquals(
        "0.0.0.0:8080-8081->80-81/tcp, [::]:8080->80/tcp, 443-444/tcp, 53/udp",
        Ports.text(Json.parse(ports).list()));
  }

  @Test
  void a_run_ends_where_either_side_jumps() throws IOException {
    String ports =
        """
        [{"IP":"0.0.0.0","PublicPort":1,"PrivatePort":80,"Type":"tcp"},
         {"IP":"0.0.0.0","PublicPort":5,"PrivatePort":81,"Type":"tcp"}]
        """;
    assertEquals("0.0.0.0:1->80/tcp, 0.0.0.0:5->81/tcp", Ports.text(Json.parse(ports).list()));
  }
}
