package argosy.http.dispatch;

import argosy.cluster.Cluster;
import argosy.cluster.Cluster.Member;
import argosy.cluster.Cluster.Thing;
import argosy.engine.Engine;
import argosy.engine.LocalEngine;
import argosy.engine.failure.Failure;
import argosy.engine.failure.Outcome;
import argosy.engine.volume.VolumeRequest;
import argosy.http.endpoint.Call;
import argosy.http.endpoint.Call.View;
import argosy.http.endpoint.Endpoint;
import argosy.http.endpoint.Endpoint.Reach;
import argosy.http.endpoint.Endpoint.Subject;
import argosy.http.endpoint.Reply;
import argosy.http.peer.Peers;
import argosy.http.problem.Problems;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.Function;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.StatusCodes;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.apache.pekko.stream.Materializer;

/** Finds who answers a request, here or on another node, and lets it answer. */
public final class Dispatch {
  /** The label by which the cluster view says where something is. */
  private static final String NODE = "io.argosy.node";

  private final Table table;
  private final LocalEngine local;
  private final Cluster cluster;
  private final Peers peers;
  private final Materializer materializer;

  public Dispatch(
      List<Endpoint> endpoints,
      LocalEngine local,
      Cluster cluster,
      Peers peers,
      Materializer materializer) {
    this.table = new Table(endpoints);
    this.local = local;
    this.cluster = cluster;
    this.peers = peers;
    this.materializer = materializer;
  }

  /**
   * Answers one request.
   *
   * @param base what a path without a base of its own is about on this listener
   */
  public CompletionStage<Reply> answer(View base, HttpRequest request) {
    String raw = Target.withoutHost(rawTarget(request));
    return CleanPath.of(raw)
        .map(clean -> now(new Reply.Http(moved(clean))))
        .orElseGet(() -> answer(base, raw, request));
  }

  private static HttpResponse moved(String target) {
    return HttpResponse.create()
        .withStatus(StatusCodes.MOVED_PERMANENTLY)
        .addHeader(RawHeader.create("Location", target));
  }

  private CompletionStage<Reply> answer(View base, String raw, HttpRequest request) {
    return switch (Target.parse(base, raw)) {
      case Outcome.Failed<Target>(var failure) -> problem(failure);
      case Outcome.Ok<Target>(var target) -> {
        var method = request.method().name();
        if (method.equals("OPTIONS")) {
          yield now(new Reply.Http(HttpResponse.create()));
        }
        yield table
            .find(method, target.path())
            .map(match -> route(new Asked(request, target, match)))
            .orElseGet(() -> now(new Reply.Http(Problems.pageNotFound())));
      }
    };
  }

  private static String rawTarget(HttpRequest request) {
    return request
        .getHeader("Raw-Request-URI")
        .map(header -> header.value())
        .orElseGet(() -> request.getUri().toString());
  }

  private CompletionStage<Reply> route(Asked asked) {
    return switch (asked.target().view()) {
      case HOST -> here(asked, local);
      case NODE -> then(cluster.node(asked.target().node()), member -> onMember(asked, member));
      case CLUSTER ->
          switch (asked.match().endpoint().reach()) {
            case Reach.Protocol() -> whole(asked);
            case Reach.Bytes(var subject) -> bytes(asked, subject.apply(asked.query()));
          };
    };
  }

  private CompletionStage<Reply> whole(Asked asked) {
    var late = new ConcurrentSkipListSet<String>();
    var reply = here(asked, cluster.whole(late::add));
    return asked.request().method().name().equals("GET")
        ? reply.thenCombine(
            cluster.nodes(), (answer, nodes) -> SilentNodes.named(answer, nodes, late))
        : reply;
  }

  private CompletionStage<Reply> bytes(Asked asked, Subject subject) {
    return switch (subject) {
      case CONTAINER -> owned(asked, Thing.CONTAINER, "id");
      case EXEC -> owned(asked, Thing.EXEC, "id");
      case IMAGE -> owned(asked, Thing.IMAGE, "name");
      case VOLUME -> volume(asked);
      case HERE -> here(asked, local);
      case EVERY_NODE -> everywhere(asked);
    };
  }

  private CompletionStage<Reply> owned(Asked asked, Thing thing, String name) {
    var reference = asked.match().path().getOrDefault(name, "");
    return then(cluster.owner(thing, reference), member -> onMember(asked, member));
  }

  /** Volumes are in no directory: the nodes are asked, and the answer names its node. */
  private CompletionStage<Reply> volume(Asked asked) {
    var name = asked.match().path().getOrDefault("name", "");
    return cluster
        .whole(_ -> {})
        .volumes(new VolumeRequest.Inspect(name))
        .thenCompose(found ->
            switch (found) {
              case Outcome.Ok<VolumeRequest.Volume>(var volume) ->
                  then(
                      cluster.node(volume.labels().getOrDefault(NODE, "")),
                      member -> onMember(asked, member));
              case Outcome.Failed<VolumeRequest.Volume>(Failure.NotFound _) -> here(asked, local);
              case Outcome.Failed<VolumeRequest.Volume>(var failure) -> problem(failure);
            });
  }

  private CompletionStage<Reply> onMember(Asked asked, Member member) {
    return switch (asked.match().endpoint().reach()) {
      case Reach.Protocol() -> here(asked, member.engine());
      case Reach.Bytes _ ->
          member.peer() == null
              ? here(asked, local)
              : peers.exchange(member.peer(), asked.request(), asked.target().plain());
    };
  }

  private CompletionStage<Reply> everywhere(Asked whole) {
    var asked = whole.withoutBody(materializer);
    return cluster
        .nodes()
        .thenCompose(nodes ->
            EveryNode.gather(
                nodes,
                asked.target().path(),
                node ->
                    node.self()
                        ? here(asked, local)
                        : then(cluster.node(node.id()), member -> onMember(asked, member))));
  }

  private CompletionStage<Reply> here(Asked asked, Engine engine) {
    return asked
        .match()
        .endpoint()
        .handler()
        .handle(
            new Call(
                asked.request(),
                asked.match().path(),
                asked.query(),
                asked.target().version(),
                asked.target().view(),
                engine,
                local,
                cluster,
                materializer));
  }

  private static CompletionStage<Reply> then(
      CompletionStage<Outcome<Member>> outcome, Function<Member, CompletionStage<Reply>> next) {
    return outcome.thenCompose(found ->
        switch (found) {
          case Outcome.Ok<Member>(var member) -> next.apply(member);
          case Outcome.Failed<Member>(var failure) -> problem(failure);
        });
  }

  private static CompletionStage<Reply> problem(Failure failure) {
    return now(new Reply.Http(Problems.response(failure)));
  }

  private static CompletionStage<Reply> now(Reply reply) {
    return CompletableFuture.completedFuture(reply);
  }

  /** A request, what it asks for, and the line that answers it. */
  private record Asked(HttpRequest request, Target target, Table.Match match) {
    Map<String, List<String>> query() {
      return Percent.query(target.query());
    }

    /** For several nodes: a body could be read by one of them only. */
    Asked withoutBody(Materializer materializer) {
      request.discardEntityBytes(materializer);
      return new Asked(request.withEntity(HttpEntities.EMPTY), target, match);
    }
  }
}
