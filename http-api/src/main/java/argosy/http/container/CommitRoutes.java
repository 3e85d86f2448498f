package argosy.http.container;

import static argosy.http.answer.OrEmpty.list;
import static argosy.http.answer.OrEmpty.text;
import static argosy.http.answer.OrEmpty.texts;
import static argosy.http.endpoint.Endpoint.protocol;

import argosy.engine.container.ContainerRequest;
import argosy.engine.image.ImageConfig;
import argosy.http.answer.Answer;
import argosy.http.answer.Body;
import argosy.http.answer.OrEmpty;
import argosy.http.answer.Refusal;
import argosy.http.endpoint.Call;
import argosy.http.endpoint.Endpoint;
import argosy.http.endpoint.Reply;
import argosy.http.json.Json;
import argosy.http.wire.Config;
import argosy.http.wire.IdOnly;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;

/** Images made of containers. */
final class CommitRoutes {
  private CommitRoutes() {}

  static List<Endpoint> all() {
    return List.of(protocol("POST", "/commit", CommitRoutes::commit));
  }

  private static CompletionStage<Reply> commit(Call call) {
    return Body.bytes(call)
        .thenCompose(body ->
            Answer.of(
                call.engine().containers(order(call, config(body))),
                made -> Answer.json(201, new IdOnly(made.image()))));
  }

  private static ContainerRequest.Commit order(Call call, @Nullable ImageConfig config) {
    return new ContainerRequest.Commit(
        call.parameter("container").orElse(""),
        call.parameter("repo").orElse(""),
        call.parameter("tag").orElse(""),
        call.parameter("author").orElse(""),
        call.parameter("comment").orElse(""),
        call.query().getOrDefault("changes", List.of()).stream().flatMap(String::lines).toList(),
        call.flag("pause", true),
        config);
  }

  /** The stock CLI sends no configuration, or null. */
  private static @Nullable ImageConfig config(ByteString body) {
    if (body.utf8String().isBlank() || body.utf8String().strip().equals("null")) {
      return null;
    }
    try {
      return config(Body.as(Json.mapper().readTree(body.toArrayUnsafe()), Config.class));
    } catch (IOException wrong) {
      throw Refusal.invalid("invalid JSON: " + wrong.getMessage());
    }
  }

  static ImageConfig config(Config asked) {
    return new ImageConfig(
        text(asked.user()),
        OrEmpty.map(asked.exposedPorts()).keySet(),
        list(asked.env()),
        asked.entrypoint() == null ? null : list(asked.entrypoint()),
        asked.cmd() == null ? null : list(asked.cmd()),
        OrEmpty.map(asked.volumes()).keySet(),
        text(asked.workingDir()),
        texts(asked.labels()),
        text(asked.stopSignal()).isEmpty() ? null : asked.stopSignal(),
        list(asked.shell()),
        list(asked.onBuild()),
        ProcessTranslation.health(asked.healthcheck()));
  }
}
