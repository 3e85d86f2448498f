package argosy.http.container;

import argosy.engine.container.ContainerStreams.Extract;
import argosy.engine.failure.Done;
import argosy.engine.failure.Outcome;
import argosy.http.answer.Answer;
import argosy.http.endpoint.Call;
import argosy.http.endpoint.Endpoint;
import argosy.http.endpoint.Endpoint.Subject;
import argosy.http.endpoint.Reply;
import argosy.http.flow.MediaTypes;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpResponse;

/** Files in and out of containers. */
final class FileRoutes {
  private FileRoutes() {}

  static List<Endpoint> all() {
    String archive = "/containers/{id}/archive";
    return List.of(
        Endpoint.bytes("HEAD", archive, Subject.CONTAINER, FileRoutes::stat),
        Endpoint.bytes("GET", archive, Subject.CONTAINER, FileRoutes::archive),
        Endpoint.bytes("PUT", archive, Subject.CONTAINER, FileRoutes::extract),
        Endpoint.bytes("GET", "/containers/{id}/export", Subject.CONTAINER, FileRoutes::export));
  }

  private static String path(Call call) {
    return call.parameter("path").orElse("");
  }

  private static CompletionStage<Reply> stat(Call call) {
    return Answer.of(
        call.local().containerStreams().stat(call.id(), path(call)),
        stat -> new Reply.Http(HttpResponse.create().addHeader(PathStatView.header(stat))));
  }

  private static CompletionStage<Reply> archive(Call call) {
    return Answer.of(
        call.local().containerStreams().archive(call.id(), path(call)),
        archive ->
            new Reply.Http(
                HttpResponse.create()
                    .addHeader(PathStatView.header(archive.stat()))
                    .withEntity(HttpEntities.createChunked(MediaTypes.tar(), archive.tar()))));
  }

  private static CompletionStage<Reply> extract(Call call) {
    var how = new Extract(path(call), call.flag("noOverwriteDirNonDir"), call.flag("copyUIDGID"));
    return Answer.done(
        200,
        call.local()
            .containerStreams()
            .extract(call.id(), how, call.request().entity().getDataBytes())
            .thenApply(outcome -> passed(call, outcome)));
  }

  /** A body that nobody came to read is read now, so that its sender comes to read the answer. */
  private static Outcome<Done> passed(Call call, Outcome<Done> outcome) {
    if (outcome instanceof Outcome.Failed<Done>) {
      call.request().discardEntityBytes(call.materializer());
    }
    return outcome;
  }

  private static CompletionStage<Reply> export(Call call) {
    return Answer.of(
        call.local().containerStreams().export(call.id()),
        tar -> Answer.stream(MediaTypes.octets(), tar));
  }
}
