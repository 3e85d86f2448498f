package argosy.http;

import argosy.http.endpoint.Reply;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One line for each request, at debug. Only the method and the path are told: queries and headers
 * can hold secrets.
 */
final class RequestLog {
  private static final Logger log = LoggerFactory.getLogger("argosy.http.requests");

  private final AtomicLong count = new AtomicLong();

  /**
   * @param reply null when the handler failed
   * @param start {@link System#nanoTime} when the request was read
   */
  void answered(HttpRequest request, @Nullable Reply reply, long start) {
    long number = count.incrementAndGet();
    if (log.isDebugEnabled()) {
      log.debug(
          "#{} {} {} {} {} ms",
          number,
          request.method().name(),
          request.getUri().path(),
          outcome(reply),
          (System.nanoTime() - start) / 100_000 / 10.0);
    }
  }

  private static String outcome(@Nullable Reply reply) {
    return switch (reply) {
      case null -> "failed";
      case Reply.Hijack _ -> "hijacked";
      case Reply.Http(var response) ->
          response.status().intValue() + (response.entity().isStrict() ? "" : " streaming");
    };
  }
}
