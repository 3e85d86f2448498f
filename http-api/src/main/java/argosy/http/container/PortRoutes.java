package argosy.http.container;

import static argosy.http.answer.OrEmpty.map;
import static argosy.http.endpoint.Endpoint.protocol;

import argosy.engine.container.ContainerRequest;
import argosy.engine.container.ContainerRequest.PublishedPorts;
import argosy.http.answer.Answer;
import argosy.http.answer.Body;
import argosy.http.answer.Refusal;
import argosy.http.endpoint.Call;
import argosy.http.endpoint.Endpoint;
import argosy.http.endpoint.Reply;
import argosy.http.wire.PortsChange;
import argosy.http.wire.PortsChanged;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** The published ports of a container that is there already: a line of Argosy's own. */
final class PortRoutes {
  private PortRoutes() {}

  static List<Endpoint> all() {
    return List.of(protocol("POST", "/containers/{id}/ports", PortRoutes::change));
  }

  private static CompletionStage<Reply> change(Call call) {
    return Body.read(call, PortsChange.class)
        .thenCompose(asked -> {
          var add = NetworkTranslation.bindings(map(asked.add()));
          var remove = NetworkTranslation.bindings(map(asked.remove()));
          Refusal.when(
              add.isEmpty() && remove.isEmpty(), "nothing to do: neither Add nor Remove is there");
          return Answer.of(
              call.engine().containers(new ContainerRequest.Publish(call.id(), add, remove)),
              done -> Answer.json(200, changed(done)));
        });
  }

  private static PortsChanged changed(PublishedPorts done) {
    return new PortsChanged(
        HostConfigView.bindings(done.bindings()), NetworkView.published(done.published()));
  }
}
