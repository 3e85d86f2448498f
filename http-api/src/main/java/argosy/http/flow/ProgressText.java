package argosy.http.flow;

import argosy.engine.failure.Refused;
import argosy.engine.image.ImageStreams.Progress;
import argosy.http.answer.Answer;
import argosy.http.endpoint.Reply;
import argosy.http.json.Json;
import argosy.http.wire.ProgressLine;
import org.apache.pekko.NotUsed;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.japi.pf.PFBuilder;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;

/** Progress as lines of JSON; a stream that breaks says so in its last line. */
public final class ProgressText {
  private ProgressText() {}

  public static Reply reply(Source<Progress, NotUsed> progress) {
    return Answer.stream(ContentTypes.APPLICATION_JSON, lines(progress));
  }

  static Source<ByteString, NotUsed> lines(Source<Progress, NotUsed> progress) {
    return progress
        .recover(
            new PFBuilder<Throwable, Progress>()
                .matchAny(broken -> Progress.error(Refused.failureOf(broken).message()))
                .build())
        .map(each -> ByteString.fromString(Json.line(line(each))))
        .via(Batches.flow());
  }

  /** One line, as it is written. */
  public static ProgressLine line(Progress progress) {
    String error = progress.error();
    var aux = progress.aux();
    return new ProgressLine(
        progress.stream(),
        progress.status(),
        progress.status() == null || progress.id() == null && progress.current() == 0
            ? null
            : detail(progress),
        progress.id(),
        error == null ? null : new ProgressLine.Problem(null, error),
        error,
        aux == null ? null : new ProgressLine.Pushed(aux.tag(), aux.digest(), aux.size()));
  }

  private static ProgressLine.Detail detail(Progress progress) {
    return new ProgressLine.Detail(
        progress.current() == 0 ? null : progress.current(),
        progress.total() == 0 ? null : progress.total());
  }
}
