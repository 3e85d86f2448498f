package argosy.http.build;

import static argosy.http.endpoint.Endpoint.bytes;

import argosy.engine.build.CachePrune;
import argosy.engine.build.CachePrune.Room;
import argosy.http.answer.Answer;
import argosy.http.answer.Filters;
import argosy.http.answer.Refusal;
import argosy.http.endpoint.Call;
import argosy.http.endpoint.Endpoint;
import argosy.http.endpoint.Endpoint.Subject;
import argosy.http.endpoint.Reply;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.ContentTypes;

/** Building images: Docker's classic builder. */
public final class BuildRoutes {
  private BuildRoutes() {}

  public static List<Endpoint> all() {
    return List.of(
        bytes("POST", "/build", Subject.HERE, BuildRoutes::build),
        bytes("POST", "/build/prune", Subject.HERE, BuildRoutes::prune));
  }

  /** What is kept for builds besides images: the directories of RUN --mount=type=cache. */
  private static CompletionStage<Reply> prune(Call call) {
    var filters = Filters.parse(call.parameter("filters").orElse(""));
    // what keep-storage was before 1.48
    long reserved = amount(call, "reserved-space") + amount(call, "keep-storage");
    var room = new Room(reserved, amount(call, "max-used-space"), amount(call, "min-free-space"));
    return Answer.of(
        call.local().buildStreams().prune(new CachePrune(filters, room)),
        pruned ->
            Answer.json(
                200, Map.of("CachesDeleted", pruned.names(), "SpaceReclaimed", pruned.bytes())));
  }

  private static long amount(Call call, String name) {
    String text = call.parameter(name).orElse("");
    Refusal.when(
        !text.matches("|-?[0-9]{1,18}"),
        "%s is in bytes and expects an integer, got %s".formatted(name, text));
    return text.isEmpty() ? 0 : Math.max(0, Long.parseLong(text));
  }

  private static CompletionStage<Reply> build(Call call) {
    Refusal.notYet(
        call.parameter("version").filter("2"::equals).isPresent(),
        "Argosy builds with the classic builder, not with BuildKit: set DOCKER_BUILDKIT=0");
    Refusal.notYet(
        call.parameter("remote").filter("client-session"::equals).isPresent()
            || !call.parameter("session").orElse("").isEmpty(),
        "Argosy has no build sessions, which come with BuildKit: set DOCKER_BUILDKIT=0");
    Refusal.notYet(
        !call.parameter("outputs").orElse("").isEmpty(),
        "Argosy's builds end in an image: for other outputs create a container of it and docker cp or docker export");
    Refusal.notYet(
        call.parameter("securityopt").filter(text -> !text.matches("|null|\\[]")).isPresent(),
        "Argosy runs a build's commands with the default security options");
    Refusal.when(
        call.flag("squash"),
        "squash is only supported by a Docker daemon with experimental features");
    var options = BuildQuery.options(call);
    boolean quiet = call.flag("q");
    return Answer.of(
        call.local().buildStreams().build(call.request().entity().getDataBytes(), options),
        lines -> Answer.stream(ContentTypes.APPLICATION_JSON, BuildText.of(lines, quiet)));
  }
}
