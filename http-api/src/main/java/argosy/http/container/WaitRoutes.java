package argosy.http.container;

import argosy.engine.container.ContainerStreams.WaitCondition;
import argosy.engine.container.Lifecycle;
import argosy.engine.failure.Refused;
import argosy.http.answer.Answer;
import argosy.http.endpoint.Call;
import argosy.http.endpoint.Endpoint;
import argosy.http.endpoint.Endpoint.Subject;
import argosy.http.endpoint.Reply;
import argosy.http.json.Json;
import argosy.http.wire.Waited;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;

/** Waiting for a container: the head is sent when the wait stands, the body when it is over. */
final class WaitRoutes {
  private WaitRoutes() {}

  static List<Endpoint> all() {
    return List.of(
        Endpoint.bytes("POST", "/containers/{id}/wait", Subject.CONTAINER, WaitRoutes::await));
  }

  private static CompletionStage<Reply> await(Call call) {
    var condition = Parameters.condition(call);
    return Answer.of(
        call.local().containerStreams().await(call.id(), condition),
        over ->
            Answer.stream(
                ContentTypes.APPLICATION_JSON,
                Source.completionStage(
                    over.handle((ended, thrown) ->
                        ByteString.fromString(
                            Json.line(
                                thrown == null ? waited(ended, condition) : broken(thrown)))))));
  }

  /**
   * Why a container could not start is told to those who ask later; whoever waits while it starts
   * hears it from the start itself, and the CLI would print it twice.
   */
  static Waited waited(Lifecycle.Ended ended, WaitCondition condition) {
    boolean told = ended.error().isEmpty() || condition != WaitCondition.NOT_RUNNING;
    return new Waited(told ? null : new Waited.Problem(ended.error()), ended.code());
  }

  private static Waited broken(Throwable thrown) {
    return new Waited(new Waited.Problem(Refused.failureOf(thrown).message()), -1);
  }
}
