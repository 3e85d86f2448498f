package argosy.http.answer;

import argosy.engine.failure.Failure;
import argosy.engine.failure.Outcome;
import argosy.engine.failure.Refused;
import argosy.http.endpoint.Endpoint;
import argosy.http.endpoint.Reply;
import argosy.http.json.Json;
import argosy.http.problem.Problems;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.http.javadsl.model.ContentType;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;

/** The answers a handler gives. */
public final class Answer {
  private Answer() {}

  /** One JSON value. */
  public static Reply json(int status, Object value) {
    return new Reply.Http(
        HttpResponse.create()
            .withStatus(status)
            .withEntity(ContentTypes.APPLICATION_JSON, Json.line(value)));
  }

  /** A status and no body. */
  public static Reply empty(int status) {
    return new Reply.Http(HttpResponse.create().withStatus(status));
  }

  /** Chunks as they come; the head is sent at once. */
  public static Reply stream(ContentType type, Source<ByteString, ?> bytes) {
    return new Reply.Http(
        HttpResponse.create().withEntity(HttpEntities.createChunked(type, bytes)));
  }

  public static Reply problem(Failure failure) {
    return new Reply.Http(Problems.response(failure));
  }

  public static CompletionStage<Reply> now(Reply reply) {
    return CompletableFuture.completedFuture(reply);
  }

  /** A good outcome's answer, or the failure's. */
  public static <T> CompletionStage<Reply> of(
      CompletionStage<Outcome<T>> outcome, Function<? super T, Reply> good) {
    return outcome.thenApply(ended ->
        switch (ended) {
          case Outcome.Ok<T>(var value) -> good.apply(value);
          case Outcome.Failed<T>(var failure) -> problem(failure);
        });
  }

  /** The answer of a line that only says it is done. */
  public static <T> CompletionStage<Reply> done(int status, CompletionStage<Outcome<T>> outcome) {
    return of(outcome, _ -> empty(status));
  }

  /** The same line; a {@link Refused} thrown while the request is read becomes its answer. */
  public static Endpoint guarded(Endpoint endpoint) {
    return new Endpoint(
        endpoint.method(),
        endpoint.path(),
        endpoint.reach(),
        call -> {
          try {
            return endpoint.handler().handle(call).exceptionally(Answer::refusal);
          } catch (Refused refused) {
            return now(problem(refused.failure()));
          }
        });
  }

  private static Reply refusal(Throwable thrown) {
    return switch (thrown) {
      case Refused refused -> problem(refused.failure());
      case CompletionException wrapped when wrapped.getCause() instanceof Refused refused ->
          problem(refused.failure());
      case Throwable bug -> throw new CompletionException(bug);
    };
  }
}
