package argosy.engine.container.life;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import argosy.engine.failure.Refused;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignalsTest {
  @ParameterizedTest
  @CsvSource({"9,9", "KILL,9", "sigterm,15", "SIGUSR1,10", "RTMIN+3,37", "SIGRTMAX-1,63", "64,64"})
  void names_and_numbers(String text, int number) {
    assertEquals(number, Signals.parse(text, 15));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "65", "99999", "FOO", "SIG", "RTMIN+", "-9"})
  void what_is_none(String text) {
    var thrown = assertThrows(Refused.class, () -> Signals.parse(text, 15));
    assertEquals("Invalid signal: " + text, thrown.getMessage());
  }

  @Test
  void nothing_is_the_default() {
    assertEquals(15, Signals.parse(null, 15));
    assertEquals(9, Signals.parse("", 9));
  }
}
