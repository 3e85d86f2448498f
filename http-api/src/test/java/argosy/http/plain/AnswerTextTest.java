package argosy.http.plain;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.StatusCodes;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.junit.jupiter.api.Test;

class AnswerTextTest {
  private static final Instant NOW = Instant.parse("2026-11-01T07:08:09.5Z");
  private static final String COMMON =
      "Server: Argosy/1 (linux)\r\nDate: Sun, 01 Nov 2026 07:08:09 GMT\r\n";
  private final AnswerText text = new AnswerText("Argosy/1 (linux)");

  private String whole(HttpResponse response, boolean headOnly, boolean last) {
    return text.whole(response, headOnly, last, NOW).utf8String();
  }

  @Test
  void an_answer_with_a_body() {
    var response =
        HttpResponse.create()
            .addHeader(RawHeader.create("Ostype", "linux"))
            .withEntity(ContentTypes.APPLICATION_JSON, "[]\n".getBytes());
    String head = "HTTP/1.1 200 OK\r\nOstype: linux\r\n" + COMMON;
    String entity = "Content-Type: application/json\r\nContent-Length: 3\r\n\r\n";
    assertEquals(head + entity + "[]\n", whole(response, false, false));
    assertEquals(head + entity, whole(response, true, false));
    assertEquals(head + "Connection: close\r\n" + entity + "[]\n", whole(response, false, true));
  }

  @Test
  void answers_without_a_body() {
    assertEquals(
        "HTTP/1.1 204 No Content\r\n" + COMMON + "\r\n",
        whole(HttpResponse.create().withStatus(StatusCodes.NO_CONTENT), false, false));
    assertEquals(
        "HTTP/1.1 200 OK\r\n" + COMMON + "Content-Length: 0\r\n\r\n",
        whole(HttpResponse.create(), false, false));
  }
}
