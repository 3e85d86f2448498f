package argosy.engine.dockerfile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import argosy.engine.failure.Refused;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpansionTest {
  private static final Map<String, String> VALUES =
      Map.of("HOME", "/root", "NONE", "", "FILE", "a.b.tar.gz", "PORTS", "80 443", "P", "x/y/z");

  private final Expansion expansion = new Expansion('\\', VALUES::get);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "plain | plain",
        "$HOME/x | /root/x",
        "${HOME}x | /rootx",
        "$HOMEx | ``",
        "\\$HOME | $HOME",
        "\"$HOME a\" | /root a",
        "'$HOME a' | $HOME a",
        "\"\\\"q\\\"\" | \"q\"",
        "\"a\\nb\" | a\\nb",
        "a\\ b | a b",
        "$ | $",
        "a$/b | a$/b",
        "${GONE:-d $HOME} | d /root",
        "${NONE:-d} | d",
        "${NONE-d} | ``",
        "${HOME:+yes} | yes",
        "${GONE+yes} | ``",
        "${HOME:?must} | /root",
        "${FILE%.*} | a.b.tar",
        "${FILE%%.*} | a",
        "${FILE#*.} | b.tar.gz",
        "${FILE##*.} | gz",
        "${P/\\//-} | x-y/z",
        "${P//y/q} | x/q/z"
      })
  void aWordIsRead(String word, String meaning) {
    assertEquals(meaning, expansion.word(word));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'a | looking for matching single-quote",
        "\"a | looking for matching double-quote",
        "${HOME | bad substitution",
        "${HOME:-a | missing '}'",
        "${HOME:x} | unsupported modifier (x) in substitution",
        "${GONE:?say} | GONE: say",
      })
  void mistakesAreSaid(String word, String sentence) {
    String said = assertThrows(Refused.class, () -> expansion.word(word)).failure().message();
    assertTrue(said.contains(sentence), said);
  }

  @Test
  void heredocsKeepTheirQuotes() {
    assertEquals("'/root' \"x\" \\n $a", expansion.text("'$HOME' \"x\" \\n \\$a"));
  }

  @Test
  void aVariableMayHoldSeveralWords() {
    assertEquals(List.of("80", "443"), expansion.words("$PORTS"));
    assertEquals(List.of(), expansion.words("$GONE"));
  }
}
