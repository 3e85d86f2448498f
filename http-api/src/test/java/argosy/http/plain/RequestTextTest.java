package argosy.http.plain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntity;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestTextTest {
  private static Heard read(String text) {
    return RequestText.read(ByteString.fromString(text));
  }

  private static Heard.Whole whole(String text) {
    return assertInstanceOf(Heard.Whole.class, read(text));
  }

  @Test
  void a_request_is_read_to_its_last_byte_and_no_further() {
    String first =
        "POST /v1.41/containers/create?name=a%20b HTTP/1.1\r\nHost: x\r\nUser-Agent: docker\r\n"
            + "Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{}";
    Heard.Whole whole = whole(first + "GET /");
    assertEquals(first.length(), whole.length());
    assertFalse(whole.last());
    var request = whole.request();
    assertEquals("POST", request.method().name());
    assertEquals("/v1.41/containers/create", request.getUri().path());
    assertEquals(
        "/v1.41/containers/create?name=a%20b",
        request.getHeader("Raw-Request-URI").orElseThrow().value());
    assertEquals("docker", request.getHeader("user-agent").orElseThrow().value());
    assertEquals(ContentTypes.APPLICATION_JSON, request.entity().getContentType());
    assertEquals(
        "{}", assertInstanceOf(HttpEntity.Strict.class, request.entity()).getData().utf8String());
  }

  @Test
  void a_part_is_waited_for_byte_by_byte() {
    String text = "PUT /x HTTP/1.1\r\nHost:\r\nContent-Length: 3\r\n\r\nabc";
    for (int i = 0; i < text.length(); i++) {
      assertEquals(new Heard.Part(), read(text.substring(0, i)), text.substring(0, i));
    }
    assertEquals(text.length(), whole(text).length());
  }

  @Test
  void a_client_may_want_to_be_let_go() {
    assertTrue(whole("GET / HTTP/1.1\r\nConnection: close\r\n\r\n").last());
  }

  @Test
  void a_raw_connection_may_be_asked_for() {
    var request =
        whole("POST /a HTTP/1.1\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n\r\n").request();
    assertEquals("tcp", request.getHeader("Upgrade").orElseThrow().value());
  }

  @Test
  void odd_words_and_targets_are_no_fault_of_the_request_s() {
    assertEquals("get", whole("get / HTTP/1.1\r\n\r\n").request().method().name());
    assertEquals("BREW", whole("BREW /pot HTTP/1.1\r\n\r\n").request().method().name());
    for (String target : new String[] {"/_ping?a=b%zz&%gg=1;x", "http://other/_ping", "/a|b{}"}) {
      var request = whole("GET " + target + " HTTP/1.1\r\n\r\n").request();
      assertEquals(target, request.getHeader("Raw-Request-URI").orElseThrow().value());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET / HTTP/1.0\r\n\r\n",
        "GET  / HTTP/1.1\r\n\r\n",
        "GET / HTTP/1.1 \r\n\r\n",
        "GET x/ HTTP/1.1\r\n\r\n",
        "GE(T / HTTP/1.1\r\n\r\n",
        "GET /\u00e4 HTTP/1.1\r\n\r\n",
        "GET / HTTP/1.1\nHost: x\r\n\r\n",
        "GET / HTTP/1.1\r\nHost : x\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: x\r\n folded\r\n\r\n",
        "GET / HTTP/1.1\r\nno colon\r\n\r\n",
        "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n",
        "POST / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
        "POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
        "POST / HTTP/1.1\r\nContent-Length: 9999999\r\n\r\n",
        "POST / HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 1\r\n\r\n",
        "POST / HTTP/1.1\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n",
        "GET /ws HTTP/1.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n",
      })
  void what_is_not_plain_is_for_the_library(String text) {
    assertEquals(new Heard.Unusual(), read(text));
  }
}
