package argosy.http;

import argosy.http.version.ApiVersion;
import java.util.List;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;

/** What every answer has, whoever gave it. */
final class Answers {
  private static final List<HttpHeader> ALWAYS =
      List.of(
          RawHeader.create("Api-Version", ApiVersion.NEWEST.toString()),
          RawHeader.create("Docker-Experimental", "false"),
          RawHeader.create("Ostype", "linux"));

  private Answers() {}

  /** Adds the daemon's headers, except those that a proxied answer brings from its own daemon. */
  static HttpResponse dressed(HttpResponse response) {
    return response.addHeaders(
        ALWAYS.stream().filter(header -> response.getHeader(header.name()).isEmpty()).toList());
  }
}
