package argosy.cluster.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;

import argosy.cluster.Samples;
import argosy.engine.container.Container;
import argosy.engine.container.Lifecycle;
import argosy.engine.failure.Failure;
import argosy.engine.failure.Outcome;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ResolutionTest {
  private static Container named(String id, String name) {
    return Samples.container(id, name, Samples.spec("i"), new Lifecycle.Created());
  }

  private static Outcome<String> resolve(String reference, Map<String, Container> found) {
    return Resolution.of(reference, found, List.of());
  }

  @Test
  void anIdBeforeANameBeforeAPrefix() {
    var prefix = named("abc1", "x");
    var name = named("ffff", "/abc");
    var id = named("abc", "y");
    assertEquals(Outcome.ok("n1"), resolve("abc", Map.of("n1", prefix)));
    assertEquals(Outcome.ok("n2"), resolve("abc", Map.of("n1", prefix, "n2", name)));
    assertEquals(Outcome.ok("n2"), resolve("/abc", Map.of("n1", prefix, "n2", name)));
    assertEquals(Outcome.ok("n3"), resolve("abc", Map.of("n1", prefix, "n2", name, "n3", id)));
  }

  @Test
  void twoPrefixesAreAmbiguous() {
    assertEquals(
        Outcome.failed(new Failure.Invalid("Multiple IDs found with provided prefix: abc")),
        resolve("abc", Map.of("n1", named("abc1", "x"), "n2", named("abc2", "y"))));
  }

  @Test
  void nothingNamesWhoWasNotAsked() {
    assertEquals(
        Outcome.failed(
            new Failure.NotFound("No such container: x (not asked, because silent: n3)")),
        Resolution.of("x", Map.<String, Container>of(), List.of("n3")));
  }
}
