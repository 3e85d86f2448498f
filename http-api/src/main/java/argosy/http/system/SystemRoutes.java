package argosy.http.system;

import static argosy.http.endpoint.Endpoint.protocol;

import argosy.engine.HostRequest;
import argosy.engine.failure.Failure;
import argosy.http.answer.Answer;
import argosy.http.endpoint.Call;
import argosy.http.endpoint.Endpoint;
import argosy.http.endpoint.Reply;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;

/** Is it alive, what is it, how is it: {@code _ping}, {@code version}, {@code info}. */
public final class SystemRoutes {
  private static final List<HttpHeader> PING =
      List.of(
          RawHeader.create("Builder-Version", "1"),
          RawHeader.create("Cache-Control", "no-cache, no-store, must-revalidate"),
          RawHeader.create("Pragma", "no-cache"),
          RawHeader.create("Swarm", "inactive"));

  /** A build prune's answer: without builds there is no cache. */
  private final InstantSource clock;

  private final String version;

  private SystemRoutes(InstantSource clock, String version) {
    this.clock = clock;
    this.version = version;
  }

  public static List<Endpoint> all(InstantSource clock, String version) {
    var routes = new SystemRoutes(clock, version);
    var own =
        List.of(
            protocol("GET", "/_ping", _ -> ping("OK")),
            protocol("HEAD", "/_ping", _ -> ping("")),
            protocol("GET", "/version", routes::version),
            protocol("GET", "/info", routes::info),
            protocol("GET", "/argosy/nodes", routes::nodes),
            // the CLI asks for these and takes none for an answer
            protocol("GET", "/plugins", _ -> Answer.now(Answer.json(200, List.of()))),
            protocol("GET", "/plugins/{name...}/json", SystemRoutes::noPlugin));
    return Stream.of(own, EventRoutes.all(), DiskRoutes.all(clock)).flatMap(List::stream).toList();
  }

  private static CompletionStage<Reply> ping(String body) {
    return Answer.now(
        new Reply.Http(
            HttpResponse.create()
                .withHeaders(PING)
                .withEntity(ContentTypes.TEXT_PLAIN_UTF8, body)));
  }

  /** {@code docker inspect} asks here last, and says then that there is no such object. */
  private static CompletionStage<Reply> noPlugin(Call call) {
    String name = call.path().getOrDefault("name", "");
    return Answer.now(Answer.problem(new Failure.NotFound("plugin \"" + name + "\" not found")));
  }

  private CompletionStage<Reply> version(Call call) {
    return Answer.of(
        call.engine().host(new HostRequest.Facts()),
        facts -> Answer.json(200, VersionView.of(facts, version)));
  }

  private CompletionStage<Reply> info(Call call) {
    return call.cluster()
        .standing()
        .thenCombine(call.cluster().nodes(), ClusterFacts::new)
        .thenCompose(cluster ->
            Answer.of(
                call.engine().host(new HostRequest.Facts()),
                facts ->
                    Answer.json(
                        200,
                        InfoView.of(facts, cluster, version, clock.instant(), call.version()))));
  }

  private CompletionStage<Reply> nodes(Call call) {
    return call.cluster()
        .nodes()
        .thenApply(nodes -> Answer.json(200, nodes.stream().map(NodeView::of).toList()));
  }
}
