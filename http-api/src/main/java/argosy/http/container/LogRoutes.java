package argosy.http.container;

import argosy.engine.container.ContainerRequest;
import argosy.engine.container.ContainerStreams.LogQuery;
import argosy.engine.failure.Outcome;
import argosy.http.answer.Answer;
import argosy.http.answer.Refusal;
import argosy.http.answer.TimeText;
import argosy.http.endpoint.Call;
import argosy.http.endpoint.Endpoint;
import argosy.http.endpoint.Endpoint.Subject;
import argosy.http.endpoint.Reply;
import argosy.http.flow.Batches;
import argosy.http.flow.LogText;
import argosy.http.flow.MediaTypes;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A container's stored and coming output. */
final class LogRoutes {
  private LogRoutes() {}

  static List<Endpoint> all() {
    return List.of(
        Endpoint.bytes("GET", "/containers/{id}/logs", Subject.CONTAINER, LogRoutes::logs));
  }

  private static CompletionStage<Reply> logs(Call call) {
    var query = query(call);
    return details(call)
        .thenCompose(details ->
            switch (details) {
              case Outcome.Failed<String>(var failure) -> Answer.now(Answer.problem(failure));
              case Outcome.Ok<String>(var text) ->
                  logs(call, query, call.flag("details") ? text : null);
            });
  }

  private static CompletionStage<Reply> logs(Call call, LogQuery query, @Nullable String details) {
    return Answer.of(
        call.local().containerStreams().logs(call.id(), query),
        logs -> {
          var text = new LogText(logs.tty(), call.flag("timestamps"), details);
          return Answer.stream(
              MediaTypes.logs(logs.tty(), call.version()),
              logs.lines().map(text::of).via(Batches.flow()));
        });
  }

  static LogQuery query(Call call) {
    boolean stdout = call.flag("stdout");
    boolean stderr = call.flag("stderr");
    Refusal.when(!stdout && !stderr, "Bad parameters: you must choose at least one stream");
    return new LogQuery(
        call.flag("follow"),
        stdout,
        stderr,
        TimeText.seconds("since", call.parameter("since")),
        TimeText.seconds("until", call.parameter("until")),
        tail(call.parameter("tail").orElse("all")));
  }

  /** Anything that is no number means all, as in dockerd. */
  private static long tail(String text) {
    return text.matches("\\d{1,18}") ? Long.parseLong(text) : -1;
  }

  private static CompletionStage<Outcome<String>> details(Call call) {
    return call.flag("details")
        ? call.local()
            .containers(new ContainerRequest.Inspect(call.id(), false))
            .thenApply(found -> found.map(LogDetails::of))
        : CompletableFuture.completedFuture(Outcome.ok(""));
  }
}
