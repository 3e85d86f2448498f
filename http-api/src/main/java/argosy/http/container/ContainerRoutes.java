package argosy.http.container;

import static argosy.http.endpoint.Endpoint.protocol;

import argosy.engine.container.Container;
import argosy.engine.container.ContainerRequest;
import argosy.engine.failure.Outcome;
import argosy.http.answer.Answer;
import argosy.http.answer.Body;
import argosy.http.answer.Refusal;
import argosy.http.endpoint.Call;
import argosy.http.endpoint.Endpoint;
import argosy.http.endpoint.Reply;
import argosy.http.wire.ContainerCreated;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;

/** Making, listing and removing containers. */
public final class ContainerRoutes {
  private final InstantSource clock;

  private ContainerRoutes(InstantSource clock) {
    this.clock = clock;
  }

  public static List<Endpoint> all(InstantSource clock) {
    var routes = new ContainerRoutes(clock);
    var making =
        List.of(
            protocol("GET", "/containers/json", routes::list),
            protocol("POST", "/containers/create", ContainerRoutes::create),
            protocol("GET", "/containers/{id}/json", ContainerRoutes::inspect),
            protocol("DELETE", "/containers/{id}", ContainerRoutes::remove));
    return Stream.of(
            making,
            OrderRoutes.all(),
            PortRoutes.all(),
            WaitRoutes.all(),
            LogRoutes.all(),
            AttachRoutes.all(),
            ReportRoutes.all(),
            FileRoutes.all(),
            CommitRoutes.all(),
            ExecRoutes.all())
        .flatMap(List::stream)
        .toList();
  }

  private CompletionStage<Reply> list(Call call) {
    var filters = Parameters.listFilters(call);
    Integer limit = Parameters.number(call, "limit");
    int most = limit == null || limit < 0 ? 0 : limit;
    boolean all = call.flag("all") || most > 0 || filters.containsKey("status");
    return shown(
        call,
        call.engine().containers(new ContainerRequest.Find(all, most, call.flag("size"), filters)),
        ContainerRequest.Listed::containers,
        (listed, networks) -> {
          var now = clock.instant();
          return listed.containers().stream()
              .map(each -> ContainerView.row(each, now, call.version(), networks))
              .toList();
        });
  }

  private static CompletionStage<Reply> create(Call call) {
    String name = Parameters.name(call);
    var version = call.version();
    String platform = version.atLeast(41) ? call.parameter("platform").orElse("") : "";
    return Body.tree(call)
        .thenApply(tree -> CreateBody.of(ByVersion.meant(tree, version)))
        .thenCompose(body -> {
          var old = ByVersion.warnings(body, version);
          var spec = SpecTranslation.spec(body, platform);
          return Answer.of(
              call.engine().containers(new ContainerRequest.Create(name, spec)),
              created -> {
                var warnings = Stream.concat(created.warnings().stream(), old.stream()).toList();
                return Answer.json(201, new ContainerCreated(created.id(), warnings));
              });
        });
  }

  private static CompletionStage<Reply> inspect(Call call) {
    return shown(
        call,
        call.engine().containers(new ContainerRequest.Inspect(call.id(), call.flag("size"))),
        List::of,
        (container, networks) -> ContainerView.inspect(container, call.version(), networks));
  }

  /** Containers with the ids of the networks that those at rest belong to. */
  private static <T> CompletionStage<Reply> shown(
      Call call,
      CompletionStage<Outcome<T>> found,
      Function<T, List<Container>> containers,
      BiFunction<T, NetworkIds, Object> view) {
    return found.thenCompose(outcome ->
        switch (outcome) {
          case Outcome.Failed<T>(var failure) -> Answer.now(Answer.problem(failure));
          case Outcome.Ok<T>(var value) ->
              NetworkIds.of(call, containers.apply(value))
                  .thenApply(networks -> Answer.json(200, view.apply(value, networks)));
        });
  }

  private static CompletionStage<Reply> remove(Call call) {
    Refusal.notYet(
        call.flag("link"), "Argosy does not remove links one by one: remove the container");
    return Answer.done(
        204,
        call.engine()
            .containers(
                new ContainerRequest.Remove(call.id(), call.flag("force"), call.flag("v"))));
  }
}
