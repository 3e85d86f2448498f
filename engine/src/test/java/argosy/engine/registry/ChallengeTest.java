package argosy.engine.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class ChallengeTest {
  @Test
  void reads_parameters_and_prefers_tokens() {
    var challenge =
        Challenge.choose(
                List.of(
                    "Basic realm=\"r\"",
                    "Bearer realm=\"https://a/t\",service=s, scope=\"repository:a:pull,push\""))
            .orElseThrow();
    assertEquals("bearer", challenge.scheme());
    assertEquals("https://a/t", challenge.parameter("realm"));
    assertEquals("s", challenge.parameter("service"));
    assertEquals("repository:a:pull,push", challenge.parameter("scope"));
    assertEquals("", challenge.parameter("none"));
    assertTrue(Challenge.choose(List.of("Negotiate")).isEmpty());
    assertTrue(Challenge.choose(List.of("Bearer x=y")).isEmpty());
  }
}
