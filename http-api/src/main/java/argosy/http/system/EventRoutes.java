package argosy.http.system;

import argosy.engine.event.Event;
import argosy.http.answer.Answer;
import argosy.http.answer.Filters;
import argosy.http.answer.Refusal;
import argosy.http.answer.TimeText;
import argosy.http.endpoint.Call;
import argosy.http.endpoint.Endpoint;
import argosy.http.endpoint.Endpoint.Subject;
import argosy.http.endpoint.Reply;
import argosy.http.flow.Batches;
import argosy.http.json.Json;
import argosy.http.version.ApiVersion;
import argosy.http.wire.EventLine;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;

/** What happens, line by line. */
final class EventRoutes {
  private EventRoutes() {}

  static List<Endpoint> all() {
    return List.of(Endpoint.bytes("GET", "/events", Subject.EVERY_NODE, EventRoutes::events));
  }

  private static CompletionStage<Reply> events(Call call) {
    var filters = Filters.of(call, EventFilter.ACCEPTED);
    var since = TimeText.since(call.parameter("since"));
    var until = TimeText.seconds("until", call.parameter("until"));
    if (since != null && until != null && since.isAfter(until)) {
      throw Refusal.invalid(
          "`since` time (%s) cannot be after `until` time (%s)"
              .formatted(call.parameter("since").orElse(""), call.parameter("until").orElse("")));
    }
    return node(call)
        .thenApply(node ->
            Answer.stream(
                ContentTypes.APPLICATION_JSON,
                call.local()
                    .eventStreams()
                    .events(since, until)
                    .filter(event -> known(event, call.version()))
                    .filter(new EventFilter(filters, node)::wants)
                    .map(event -> ByteString.fromString(Json.line(line(event))))
                    .via(Batches.flow())));
  }

  /** Old clients take an image's create for something else. */
  static boolean known(Event event, ApiVersion version) {
    return version.atLeast(46)
        || !(event.type().equals("image") && event.action().equals("create"));
  }

  /** This node's name in its cluster, else "". */
  private static CompletionStage<String> node(Call call) {
    return call.cluster()
        .standing()
        .thenCombine(
            call.cluster().nodes(),
            (standing, nodes) ->
                standing.joined()
                    ? nodes.stream()
                        .filter(each -> each.self())
                        .map(each -> each.name())
                        .findFirst()
                        .orElse("")
                    : "");
  }

  static EventLine line(Event event) {
    boolean container = event.type().equals("container");
    boolean legacy = container || event.type().equals("image");
    return new EventLine(
        legacy ? event.action() : null,
        legacy ? event.id() : null,
        container ? from(event.attributes()) : null,
        event.type(),
        event.action(),
        new EventLine.Actor(event.id(), event.attributes()),
        "local",
        event.time().getEpochSecond(),
        event.time().getEpochSecond() * 1_000_000_000L + event.time().getNano());
  }

  private static @Nullable String from(Map<String, String> attributes) {
    return attributes.get("image");
  }
}
