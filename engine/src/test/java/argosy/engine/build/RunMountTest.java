package argosy.engine.build;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import argosy.engine.failure.Refused;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunMountTest {
  private static RunMount parse(String text) {
    return RunMount.parse(text, "/w");
  }

  @Test
  void a_bind_is_the_context_and_read_only() {
    var bind = parse("target=src");
    assertEquals(RunMount.Kind.BIND, bind.kind());
    assertEquals("/w/src", bind.target());
    assertTrue(bind.readOnly());
    assertEquals("", bind.source());
  }

  @Test
  void a_cache_is_known_by_its_id_or_else_by_its_place() {
    var cache = parse("type=cache,dst=/c,sharing=locked,mode=0700,uid=5,gid=6");
    assertEquals("/c", cache.id());
    assertEquals(RunMount.Sharing.LOCKED, cache.sharing());
    assertEquals(0700, cache.mode());
    assertEquals(5, cache.uid());
    assertEquals("x", parse("type=cache,target=/c,id=x").id());
  }

  @Test
  void values_may_be_quoted() {
    assertEquals("/a,b", parse("type=tmpfs,\"target=/a,b\",size=2m").target());
    assertEquals(2 << 20, parse("type=tmpfs,target=/t,size=2m").size());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "type=nope,target=/a | unsupported mount type",
        "type=cache | needs a target",
        "target=/ | the root is taken",
        "type=cache,target=/a,sharing=x | unsupported sharing value",
        "type=cache,target=/a,mode=9 | invalid value 9 for mode",
        "target | must be a key=value pair",
        "target=/a,b=c | unexpected key 'b' in 'b=c'",
        "type=secret | can not carry secrets"
      })
  void mistakes_are_said(String text, String sentence) {
    String said = assertThrows(Refused.class, () -> parse(text)).failure().message();
    assertTrue(said.contains(sentence), said);
  }
}
