package argosy.http.container;

import static argosy.http.endpoint.Endpoint.protocol;

import argosy.engine.container.ContainerRequest;
import argosy.http.answer.Answer;
import argosy.http.answer.Body;
import argosy.http.answer.OrEmpty;
import argosy.http.endpoint.Call;
import argosy.http.endpoint.Endpoint;
import argosy.http.endpoint.Endpoint.Subject;
import argosy.http.endpoint.Reply;
import argosy.http.flow.Batches;
import argosy.http.json.Json;
import argosy.http.wire.Change;
import argosy.http.wire.ContainersPruned;
import argosy.http.wire.HostConfig;
import argosy.http.wire.Top;
import argosy.http.wire.Updated;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.util.ByteString;

/** What goes on in containers, and what is changed while they run. */
final class ReportRoutes {
  private ReportRoutes() {}

  static List<Endpoint> all() {
    return List.of(
        Endpoint.bytes("GET", "/containers/{id}/stats", Subject.CONTAINER, ReportRoutes::stats),
        protocol("GET", "/containers/{id}/top", ReportRoutes::top),
        protocol("GET", "/containers/{id}/changes", ReportRoutes::changes),
        protocol("POST", "/containers/{id}/update", ReportRoutes::update),
        protocol("POST", "/containers/prune", ReportRoutes::prune));
  }

  private static CompletionStage<Reply> stats(Call call) {
    boolean stream = call.flag("stream", true);
    return Answer.of(
        call.local().containerStreams().stats(call.id(), stream, !stream && call.flag("one-shot")),
        samples ->
            Answer.stream(
                ContentTypes.APPLICATION_JSON,
                samples
                    .map(each -> ByteString.fromString(Json.line(StatsView.of(each))))
                    .via(Batches.flow())));
  }

  private static CompletionStage<Reply> top(Call call) {
    String arguments = call.parameter("ps_args").filter(given -> !given.isBlank()).orElse("-ef");
    return Answer.of(
        call.engine().containers(new ContainerRequest.Top(call.id(), arguments)),
        processes -> Answer.json(200, new Top(processes.titles(), processes.rows())));
  }

  private static CompletionStage<Reply> changes(Call call) {
    return Answer.of(
        call.engine().containers(new ContainerRequest.Changes(call.id())),
        changed ->
            Answer.json(
                200,
                changed.changes().stream()
                    .map(each -> new Change(each.path(), each.kind()))
                    .toList()));
  }

  private static CompletionStage<Reply> update(Call call) {
    return Body.read(call, HostConfig.class)
        .thenCompose(asked ->
            Answer.of(
                call.engine()
                    .containers(
                        new ContainerRequest.Update(
                            call.id(),
                            ResourceTranslation.update(asked),
                            asked.restartPolicy() == null
                                    || OrEmpty.text(asked.restartPolicy().name()).isEmpty()
                                ? null
                                : SpecTranslation.restart(asked.restartPolicy()))),
                created -> Answer.json(200, new Updated(created.warnings()))));
  }

  private static CompletionStage<Reply> prune(Call call) {
    return Answer.of(
        call.engine().containers(new ContainerRequest.Prune(Parameters.pruneFilters(call))),
        pruned ->
            Answer.json(
                200,
                new ContainersPruned(
                    pruned.ids().isEmpty() ? null : pruned.ids(), pruned.reclaimed())));
  }
}
