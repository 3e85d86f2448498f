package argosy.http.container;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** Recorded from dockerd 20.10.24. */
class LogDetailsTest {
  private static String details(String options) {
    return LogDetails.of(
        Samples.of(
            Bodies.specOf(
                """
                {"Image":"bb","Cmd":["echo","hi"],"Env":["V1=x y","V2=\u00fc","W=3","X=4"],
                 "Labels":{"a/b":"c,d=e","com.x":"1","zz":"2"},
                 "HostConfig":{"LogConfig":{"Type":"json-file","Config":{%s}}}}
                """
                    .formatted(options))));
  }

  @Test
  void labels_and_variables_by_name_and_by_pattern() {
    assertEquals("", details(""));
    assertEquals(
        "V1=x+y,V2=%C3%BC,W=3,a%2Fb=c%2Cd%3De,com.x=1",
        details(
            "\"labels\":\"a/b,nope\",\"labels-regex\":\"^com\",\"env\":\"W\",\"env-regex\":\"^V\""));
  }

  @Test
  void a_tag_with_its_fields() {
    assertEquals("tag=webx", details("\"tag\":\"{{ .Name }}x\""));
    assertEquals("tag=echo+hi", details("\"tag\":\"{{.Command}}\""));
    assertEquals(
        "tag=f996579350d3%2Fbb%2Fdocker%2Fsha256%3Aaa",
        details("\"tag\":\"{{.ID}}/{{.ImageName}}/{{.DaemonName}}/{{.ImageID}}\""));
    assertEquals("tag=" + Samples.ID, details("\"tag\":\"{{.FullID}}\""));
  }
}
