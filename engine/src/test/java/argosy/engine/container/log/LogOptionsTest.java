package argosy.engine.container.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import argosy.engine.failure.Refused;
import argosy.engine.spec.ContainerSpec.LogSpec;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogOptionsTest {
  private static LogSpec spec(String driver, String options) {
    var all = new TreeMap<String, String>();
    if (!options.isEmpty()) {
      for (String option : options.split("&", -1)) {
        String[] pair = option.split("=", 2);
        all.put(pair[0], pair[1]);
      }
    }
    return new LogSpec(driver, all);
  }

  /** The sentences of dockerd 20.10.24, those of starts without their beginning. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "json-file|mode=x|logger: logging mode not supported: x",
        "local|mode=x|logger: logging mode not supported: x",
        "json-file|max-buffer-size=1m|logger: max-buffer-size option is only supported with"
            + " 'mode=non-blocking'",
        "json-file|mode=blocking&max-buffer-size=1m|logger: max-buffer-size option is only"
            + " supported with 'mode=non-blocking'",
        "json-file|mode=non-blocking&max-buffer-size=zz|error parsing option max-buffer-size:"
            + " invalid size: 'zz'",
        "json-file|foo=x&bar=y|unknown log opt 'bar' for json-file log driver",
        "local|tag=x|unknown log opt 'tag' for log driver local",
        "json-file|max-size=x|invalid size: 'x'",
        "json-file|max-size=|invalid size: ''",
        "json-file|max-size=0|max-size must be a positive number",
        "json-file|max-file=0|max-file cannot be less than 1",
        "local|max-file=x|strconv.Atoi: parsing \"x\": invalid syntax",
        "json-file|compress=x|strconv.ParseBool: parsing \"x\": invalid syntax",
        "local|compress=x|error reading compress log option: strconv.ParseBool: parsing \"x\":"
            + " invalid syntax",
        "json-file|compress=true|compress cannot be true when max-file is less than 2 or max-size"
            + " is not set",
        "json-file|compress=1&max-size=1m|compress cannot be true when max-file is less than 2 or"
            + " max-size is not set",
        "local|max-file=1&compress=true|compression cannot be enabled when max file count is 1",
      })
  void what_is_refused(String driver, String options, String sentence) {
    var refused = assertThrows(Refused.class, () -> LogOptions.check(spec(driver, options)));
    assertEquals(sentence, refused.getMessage());
  }

  @Test
  void a_pattern_that_is_none() {
    var refused =
        assertThrows(Refused.class, () -> LogOptions.check(spec("json-file", "env-regex=(")));
    String told = String.valueOf(refused.getMessage());
    assertTrue(told.startsWith("error parsing regexp: "), told);
  }

  @ParameterizedTest
  @CsvSource({
    "json-file,mode=non-blocking&max-buffer-size=1m",
    "json-file,mode=",
    "json-file,max-size=-1&max-file=3",
    "json-file,max-size=1m&max-file=3&compress=true",
    "json-file,labels=a&env=b&tag=c&labels-regex=^x&env-regex=y$",
    "local,max-size=1m&max-file=1&mode=blocking",
    "local,compress=false",
    "none,foo=x&max-size=y&mode=z",
  })
  void what_is_taken(String driver, String options) {
    LogOptions.check(spec(driver, options));
  }

  @Test
  void packing_is_asked_for_as_go_spells_it() {
    assertTrue(LogOptions.compresses(spec("json-file", "compress=T")));
    assertTrue(!LogOptions.compresses(new LogSpec("json-file", Map.of())));
  }
}
