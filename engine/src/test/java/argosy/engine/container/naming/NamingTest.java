package argosy.engine.container.naming;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import argosy.engine.failure.Failure;
import argosy.engine.failure.Outcome;
import argosy.engine.failure.Refused;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class NamingTest {
  @Test
  void names_that_are_none() {
    assertEquals("web-1", ContainerName.parse("/web-1"));
    for (String bad : List.of("", "-a", "a b", "a/b", "x", "ä2")) {
      var thrown = assertThrows(Refused.class, () -> ContainerName.parse(bad));
      assertEquals(
          "Invalid container name (%s), only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed".formatted(bad),
          thrown.getMessage());
    }
  }

  @Test
  void made_up_names_are_names_and_free() {
    var random = new Random(1);
    var refused = new AtomicInteger();
    String name = MadeUpName.pick(random, _ -> refused.incrementAndGet() > 20);
    assertEquals(name, ContainerName.parse(name));
    assertTrue(name.matches("[a-z]+_[a-z]+\\d+"));
    assertTrue(MadeUpName.pick(random, _ -> true).matches("[a-z]+_[a-z]+"));
  }

  @Test
  void references() {
    var ids = new TreeSet<>(List.of("aa11", "aa12", "bb22"));
    var names = Map.of("bb", "aa11", "web", "aa12");
    assertEquals(Outcome.ok("aa12"), References.resolve("/web", ids, names::get));
    assertEquals(Outcome.ok("aa11"), References.resolve("bb", ids, names::get));
    assertEquals(Outcome.ok("bb22"), References.resolve("bb2", ids, names::get));
    assertEquals(
        Outcome.failed(new Failure.Invalid("Multiple IDs found with provided prefix: aa")),
        References.resolve("aa", ids, names::get));
    assertEquals(
        Outcome.failed(new Failure.NotFound("No such container: zz")),
        References.resolve("zz", ids, names::get));
  }

  @Test
  void ids() {
    String id = Ids.make(new Random(3));
    assertTrue(id.matches("[0-9a-f]{64}"));
  }
}
