package argosy.http.hijack;

import java.util.concurrent.atomic.AtomicReference;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.StatusCodes;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;

/** Where a handler leaves the {@link Handover} of its connection for the {@link HijackStage}. */
public final class HandoverPoint {
  private static final int STATUS = 299;
  private static final ByteString MARK = ByteString.fromString("HTTP/1.1 " + STATUS + " ");
  private static final HttpResponse PLACEHOLDER =
      HttpResponse.create()
          .withStatus(StatusCodes.custom(STATUS, "Handover", "Handover", true, true))
          .withEntity(HttpEntities.EMPTY);

  private final AtomicReference<@Nullable Handover> waiting = new AtomicReference<>();

  /** Returns what the handler must answer; it never reaches the client. */
  public HttpResponse offer(Handover handover) {
    waiting.set(handover);
    return PLACEHOLDER;
  }

  /** The waiting handover, if these bytes are the answer that stands for it. */
  @Nullable Handover take(ByteString answer) {
    return waiting.get() != null && answer.startsWith(MARK, 0) ? waiting.getAndSet(null) : null;
  }
}
