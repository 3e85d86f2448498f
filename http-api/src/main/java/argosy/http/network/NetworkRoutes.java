package argosy.http.network;

import static argosy.http.answer.OrEmpty.text;
import static argosy.http.endpoint.Endpoint.protocol;

import argosy.engine.failure.Failure;
import argosy.engine.network.NetworkRequest;
import argosy.http.answer.Answer;
import argosy.http.answer.Body;
import argosy.http.answer.Filters;
import argosy.http.answer.Refusal;
import argosy.http.container.NetworkTranslation;
import argosy.http.endpoint.Call;
import argosy.http.endpoint.Endpoint;
import argosy.http.endpoint.Reply;
import argosy.http.wire.NetworkConnect;
import argosy.http.wire.NetworkCreate;
import argosy.http.wire.NetworkCreated;
import argosy.http.wire.NetworkDisconnect;
import argosy.http.wire.NetworksPruned;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** The networks, and who is on them. */
public final class NetworkRoutes {
  private static final Set<String> FILTERS =
      Set.of("dangling", "driver", "id", "label", "name", "scope", "type");
  private static final Set<String> PRUNE_FILTERS = Set.of("until", "label", "label!");

  private NetworkRoutes() {}

  public static List<Endpoint> all() {
    return List.of(
        protocol("GET", "/networks", NetworkRoutes::list),
        protocol("POST", "/networks/create", NetworkRoutes::create),
        protocol("POST", "/networks/prune", NetworkRoutes::prune),
        protocol("GET", "/networks/{id}", NetworkRoutes::inspect),
        protocol("DELETE", "/networks/{id}", NetworkRoutes::remove),
        protocol("POST", "/networks/{id}/connect", NetworkRoutes::connect),
        protocol("POST", "/networks/{id}/disconnect", NetworkRoutes::disconnect));
  }

  private static CompletionStage<Reply> list(Call call) {
    return Answer.of(
        call.engine().networks(new NetworkRequest.Find(Filters.of(call, FILTERS))),
        listed ->
            Answer.json(
                200,
                listed.networks().stream()
                    .map(each -> NetworkForms.resource(each, false, call.version()))
                    .toList()));
  }

  private static CompletionStage<Reply> create(Call call) {
    return Body.read(call, NetworkCreate.class)
        .thenCompose(asked ->
            Answer.of(
                call.engine().networks(NetworkForms.create(asked)),
                made -> Answer.json(201, new NetworkCreated(made.id(), ""))));
  }

  /** Nothing here spreads over a swarm: asked for that scope, there is no such network. */
  private static CompletionStage<Reply> inspect(Call call) {
    String scope = call.parameter("scope").orElse("");
    if (!scope.isEmpty() && !scope.equals("local")) {
      return Answer.now(
          Answer.problem(new Failure.NotFound("network " + call.id() + " not found")));
    }
    return Answer.of(
        call.engine().networks(new NetworkRequest.Inspect(call.id())),
        network -> Answer.json(200, NetworkForms.resource(network, true, call.version())));
  }

  private static CompletionStage<Reply> remove(Call call) {
    return Answer.done(204, call.engine().networks(new NetworkRequest.Remove(call.id())));
  }

  private static CompletionStage<Reply> connect(Call call) {
    return Body.read(call, NetworkConnect.class)
        .thenCompose(asked -> {
          Refusal.when(text(asked.container()).isEmpty(), "container cannot be empty");
          return Answer.done(
              200,
              call.engine()
                  .networks(
                      new NetworkRequest.Connect(
                          call.id(),
                          text(asked.container()),
                          NetworkTranslation.endpoint(asked.endpointConfig()))));
        });
  }

  private static CompletionStage<Reply> disconnect(Call call) {
    return Body.read(call, NetworkDisconnect.class)
        .thenCompose(asked -> {
          Refusal.when(text(asked.container()).isEmpty(), "container cannot be empty");
          return Answer.done(
              200,
              call.engine()
                  .networks(
                      new NetworkRequest.Disconnect(
                          call.id(), text(asked.container()), asked.force())));
        });
  }

  private static CompletionStage<Reply> prune(Call call) {
    return Answer.of(
        call.engine().networks(new NetworkRequest.Prune(Filters.of(call, PRUNE_FILTERS))),
        pruned ->
            Answer.json(200, new NetworksPruned(pruned.names().isEmpty() ? null : pruned.names())));
  }
}
