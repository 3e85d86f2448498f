package argosy.http.volume;

import static argosy.http.answer.OrEmpty.text;
import static argosy.http.answer.OrEmpty.texts;

import argosy.engine.container.Container;
import argosy.engine.container.ContainerRequest;
import argosy.engine.container.Lifecycle;
import argosy.engine.failure.Done;
import argosy.engine.failure.Failure;
import argosy.engine.failure.Outcome;
import argosy.engine.volume.VolumeRequest;
import argosy.engine.volume.VolumeStreams.Export;
import argosy.http.answer.Answer;
import argosy.http.answer.Body;
import argosy.http.endpoint.Call;
import argosy.http.endpoint.Endpoint;
import argosy.http.endpoint.Endpoint.Subject;
import argosy.http.endpoint.Reply;
import argosy.http.flow.MediaTypes;
import argosy.http.wire.VolumeCreate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.apache.pekko.NotUsed;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;

/** Volumes as streams; Docker has nothing like it. */
final class ArchiveRoutes {
  private ArchiveRoutes() {}

  static List<Endpoint> all() {
    String archive = "/volumes/{name}/archive";
    return List.of(
        Endpoint.bytes("GET", archive, Subject.VOLUME, ArchiveRoutes::export),
        Endpoint.bytes("PUT", archive, Subject.VOLUME, ArchiveRoutes::restore),
        Endpoint.protocol("POST", "/volumes/{name}/clone", ArchiveRoutes::copy));
  }

  /** In the cluster view a volume may be said to be {@code NAME@NODE}, and this is that node. */
  private static String name(Call call) {
    String name = call.path().getOrDefault("name", "");
    int at = name.indexOf('@');
    return at < 0 ? name : name.substring(0, at);
  }

  /** With {@code pause} the containers that use it stand still until the last byte is read. */
  private static CompletionStage<Reply> export(Call call) {
    var busy = Map.of("volume", List.of(name(call)), "status", List.of("running"));
    return call.local()
        .containers(new ContainerRequest.Find(true, 0, false, busy))
        .thenCompose(found ->
            switch (found) {
              case Outcome.Ok<ContainerRequest.Listed>(var listed) ->
                  export(call, listed.containers());
              case Outcome.Failed<ContainerRequest.Listed>(var failure) ->
                  Answer.now(Answer.problem(failure));
            });
  }

  private static CompletionStage<Reply> export(Call call, List<Container> users) {
    var running = users.stream().filter(user -> user.state() instanceof Lifecycle.Running).toList();
    if (!call.flag("pause")) {
      return Answer.of(
          call.local().volumeStreams().export(name(call)), export -> reply(export.tar(), running));
    }
    var read = new CompletableFuture<Done>();
    return still(call, running, read)
        .thenCompose(failed ->
            failed == null
                ? call.local().volumeStreams().export(name(call))
                : CompletableFuture.completedStage(Outcome.<Export>failed(failed)))
        .whenComplete((outcome, _) -> {
          if (outcome instanceof Outcome.Ok<Export>(var export)) {
            export.read().thenAccept(read::complete);
          } else {
            read.complete(new Done());
          }
        })
        .thenApply(outcome ->
            switch (outcome) {
              case Outcome.Ok<Export>(var export) -> reply(export.tar(), List.of());
              case Outcome.Failed<Export>(var failure) -> Answer.problem(failure);
            });
  }

  /** One after the other, until one can not; null when all stand still. */
  private static CompletionStage<@Nullable Failure> still(
      Call call, List<Container> users, CompletionStage<?> until) {
    CompletionStage<@Nullable Failure> all = CompletableFuture.completedStage(null);
    for (Container user : users) {
      all =
          all.thenCompose(failed ->
              failed != null
                  ? CompletableFuture.completedStage(failed)
                  : call.local()
                      .containerStreams()
                      .still(user.id(), until)
                      .thenApply(outcome ->
                          outcome instanceof Outcome.Failed<?>(var failure) ? failure : null));
    }
    return all;
  }

  private static Reply reply(Source<ByteString, NotUsed> tar, List<Container> users) {
    var response =
        HttpResponse.create().withEntity(HttpEntities.createChunked(MediaTypes.tar(), tar));
    return new Reply.Http(
        users.isEmpty()
            ? response
            : response.addHeader(RawHeader.create("Warning", "199 argosy \"" + used(users) + '"')));
  }

  private static String used(List<Container> users) {
    return users.stream()
        .map(Container::name)
        .collect(
            Collectors.joining(
                ", ", "running containers may change the volume while it is read: ", ""));
  }

  private static CompletionStage<Reply> restore(Call call) {
    return call.local()
        .volumeStreams()
        .restore(name(call), call.flag("force"), call.request().entity().getDataBytes())
        .thenApply(outcome ->
            switch (outcome) {
              case Outcome.Ok<VolumeRequest.Volume>(var volume) ->
                  Answer.json(201, VolumeView.of(volume, null));
              case Outcome.Failed<VolumeRequest.Volume>(var failure) -> Answer.problem(failure);
            });
  }

  private static CompletionStage<Reply> copy(Call call) {
    return Body.optional(call, VolumeCreate.class)
        .thenCompose(asked ->
            Answer.of(
                call.engine()
                    .volumes(
                        new VolumeRequest.Clone(
                            call.path().getOrDefault("name", ""),
                            text(asked.name()),
                            texts(asked.labels()))),
                volume -> Answer.json(201, VolumeView.of(volume, null))));
  }
}
