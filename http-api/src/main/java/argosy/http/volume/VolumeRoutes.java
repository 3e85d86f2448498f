package argosy.http.volume;

import static argosy.http.answer.OrEmpty.text;
import static argosy.http.answer.OrEmpty.texts;
import static argosy.http.endpoint.Endpoint.protocol;

import argosy.engine.failure.Failure;
import argosy.engine.failure.Refused;
import argosy.engine.volume.VolumeRequest;
import argosy.http.answer.Answer;
import argosy.http.answer.Body;
import argosy.http.answer.Filters;
import argosy.http.endpoint.Call;
import argosy.http.endpoint.Endpoint;
import argosy.http.endpoint.Reply;
import argosy.http.wire.VolumeCreate;
import argosy.http.wire.VolumeList;
import argosy.http.wire.VolumesPruned;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

/** The volumes. */
public final class VolumeRoutes {
  private static final Set<String> FILTERS = Set.of("dangling", "driver", "label", "name");
  private static final Set<String> PRUNE_FILTERS = Set.of("label", "label!", "all");
  private static final Set<String> TRUE = Set.of("1", "true", "True", "TRUE", "t", "T");

  private VolumeRoutes() {}

  public static List<Endpoint> all() {
    return Stream.concat(docker().stream(), ArchiveRoutes.all().stream()).toList();
  }

  private static List<Endpoint> docker() {
    return List.of(
        protocol("GET", "/volumes", VolumeRoutes::list),
        protocol("POST", "/volumes/create", VolumeRoutes::create),
        protocol("POST", "/volumes/prune", VolumeRoutes::prune),
        protocol("GET", "/volumes/{name}", VolumeRoutes::inspect),
        protocol("DELETE", "/volumes/{name}", VolumeRoutes::remove));
  }

  private static String name(Call call) {
    return call.path().getOrDefault("name", "");
  }

  private static CompletionStage<Reply> list(Call call) {
    return Answer.of(
        call.engine().volumes(new VolumeRequest.Find(Filters.of(call, FILTERS))),
        listed ->
            Answer.json(
                200,
                new VolumeList(
                    listed.volumes().stream().map(each -> VolumeView.of(each, null)).toList(),
                    null)));
  }

  private static CompletionStage<Reply> create(Call call) {
    return Body.optional(call, VolumeCreate.class)
        .thenCompose(asked ->
            Answer.of(
                call.engine().volumes(request(asked)),
                volume -> Answer.json(201, VolumeView.of(volume, null))));
  }

  static VolumeRequest.Create request(VolumeCreate asked) {
    if (asked.clusterVolumeSpec() != null) {
      throw new Refused(
          new Failure.Unavailable(
              "This node is not a swarm manager. Cluster volumes need one: make a local volume"));
    }
    String driver = text(asked.driver());
    return new VolumeRequest.Create(
        text(asked.name()),
        driver.isEmpty() ? "local" : driver,
        texts(asked.driverOpts()),
        texts(asked.labels()));
  }

  private static CompletionStage<Reply> inspect(Call call) {
    return Answer.of(
        call.engine().volumes(new VolumeRequest.Inspect(name(call))),
        volume -> Answer.json(200, VolumeView.of(volume, null)));
  }

  private static CompletionStage<Reply> remove(Call call) {
    return Answer.done(
        204, call.engine().volumes(new VolumeRequest.Remove(name(call), call.flag("force"))));
  }

  /** Until 1.41 named volumes went too; since then only when {@code all} is asked for. */
  private static CompletionStage<Reply> prune(Call call) {
    var filters = new HashMap<>(Filters.of(call, PRUNE_FILTERS));
    var asked = filters.remove("all");
    boolean all =
        asked == null ? !call.version().atLeast(42) : asked.stream().anyMatch(TRUE::contains);
    return Answer.of(
        call.engine().volumes(new VolumeRequest.Prune(all, filters)),
        pruned ->
            Answer.json(
                200,
                new VolumesPruned(
                    pruned.names().isEmpty() ? null : pruned.names(), pruned.reclaimed())));
  }
}
