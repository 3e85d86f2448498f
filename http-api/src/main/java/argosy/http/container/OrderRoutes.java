package argosy.http.container;

import static argosy.http.endpoint.Endpoint.protocol;

import argosy.engine.container.ContainerRequest;
import argosy.http.answer.Answer;
import argosy.http.answer.Body;
import argosy.http.answer.Refusal;
import argosy.http.endpoint.Call;
import argosy.http.endpoint.Endpoint;
import argosy.http.endpoint.Reply;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Orders to a container that answer no more than that they are done. */
final class OrderRoutes {
  private OrderRoutes() {}

  static List<Endpoint> all() {
    return List.of(
        protocol("POST", "/containers/{id}/start", OrderRoutes::start),
        order("stop", call -> new ContainerRequest.Stop(call.id(), signal(call), seconds(call))),
        order(
            "restart",
            call -> new ContainerRequest.Restart(call.id(), signal(call), seconds(call))),
        order(
            "kill",
            call ->
                new ContainerRequest.Kill(
                    call.id(), call.parameter("signal").filter(s -> !s.isEmpty()).orElse("KILL"))),
        order("pause", call -> new ContainerRequest.Pause(call.id())),
        order("unpause", call -> new ContainerRequest.Unpause(call.id())),
        order("rename", OrderRoutes::rename),
        protocol("POST", "/containers/{id}/resize", OrderRoutes::resize));
  }

  private static Endpoint order(String verb, Function<Call, ContainerRequest.Order> order) {
    return protocol(
        "POST",
        "/containers/{id}/" + verb,
        call -> Answer.done(204, call.engine().containers(order.apply(call))));
  }

  private static CompletionStage<Reply> start(Call call) {
    Refusal.notYet(
        call.parameter("checkpoint").filter(name -> !name.isEmpty()).isPresent(),
        "Argosy does not restore checkpoints yet: start the container without one");
    return Body.bytes(call)
        .thenCompose(body -> {
          // clients send "null" or "{}" where they mean nothing
          Refusal.when(
              body.size() > 7,
              "starting container with non-empty request body was deprecated since API v1.22"
                  + " and removed in v1.24");
          return Answer.done(204, call.engine().containers(new ContainerRequest.Start(call.id())));
        });
  }

  private static @Nullable Integer seconds(Call call) {
    return Parameters.number(call, "t");
  }

  private static @Nullable String signal(Call call) {
    return call.version().atLeast(42)
        ? call.parameter("signal").filter(signal -> !signal.isEmpty()).orElse(null)
        : null;
  }

  private static ContainerRequest.Order rename(Call call) {
    String name = Parameters.name(call);
    if (name == null) {
      throw Refusal.invalid("Neither old nor new names may be empty");
    }
    return new ContainerRequest.Rename(call.id(), name);
  }

  private static CompletionStage<Reply> resize(Call call) {
    int height = Parameters.requiredNumber(call, "h");
    int width = Parameters.requiredNumber(call, "w");
    return Answer.done(
        200, call.engine().containers(new ContainerRequest.Resize(call.id(), height, width)));
  }
}
