package argosy.http.build;

import argosy.engine.build.BuildLine;
import argosy.engine.failure.Refused;
import argosy.http.flow.Batches;
import argosy.http.flow.ProgressText;
import argosy.http.json.Json;
import argosy.http.wire.ProgressLine;
import java.util.List;
import org.apache.pekko.NotUsed;
import org.apache.pekko.japi.pf.PFBuilder;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;

/** A build's lines as JSON. */
final class BuildText {
  private BuildText() {}

  /** {@code quiet}: only the image's id, or the error. */
  static Source<ByteString, NotUsed> of(Source<BuildLine, NotUsed> lines, boolean quiet) {
    return lines
        .recover(
            new PFBuilder<Throwable, BuildLine>()
                .matchAny(broken -> new BuildLine.Failed(Refused.failureOf(broken).message(), 0))
                .build())
        .mapConcat(line -> quiet ? quietly(line) : List.of(of(line)))
        .map(line -> ByteString.fromString(Json.line(line)))
        .via(Batches.flow());
  }

  private static List<ProgressLine> quietly(BuildLine line) {
    return switch (line) {
      case BuildLine.Built(var id) -> List.of(stream(id + "\n"));
      case BuildLine.Failed failed -> List.of(of(failed));
      case BuildLine.Text _, BuildLine.Pulling _ -> List.of();
    };
  }

  static ProgressLine of(BuildLine line) {
    return switch (line) {
      case BuildLine.Text(var text) -> stream(text);
      case BuildLine.Pulling(var progress) -> ProgressText.line(progress);
      case BuildLine.Built(var id) ->
          new ProgressLine(null, null, null, null, null, null, new ProgressLine.Made(id));
      case BuildLine.Failed(var sentence, int code) ->
          new ProgressLine(
              null,
              null,
              null,
              null,
              new ProgressLine.Problem(code == 0 ? null : code, sentence),
              sentence,
              null);
    };
  }

  private static ProgressLine stream(String text) {
    return new ProgressLine(text, null, null, null, null, null, null);
  }
}
