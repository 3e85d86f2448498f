package argosy.http.container;

import argosy.engine.container.ContainerStreams.AttachQuery;
import argosy.engine.container.ContainerStreams.Attached;
import argosy.http.answer.Answer;
import argosy.http.endpoint.Call;
import argosy.http.endpoint.Endpoint;
import argosy.http.endpoint.Endpoint.Subject;
import argosy.http.endpoint.Reply;
import argosy.http.flow.Frames;
import argosy.http.flow.MediaTypes;
import argosy.http.version.ApiVersion;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A container's own streams on a connection that stops being HTTP. */
final class AttachRoutes {
  private AttachRoutes() {}

  static List<Endpoint> all() {
    return List.of(
        Endpoint.bytes("POST", "/containers/{id}/attach", Subject.CONTAINER, AttachRoutes::attach),
        Endpoint.bytes(
            "GET", "/containers/{id}/attach/ws", Subject.CONTAINER, AttachSocket::attach));
  }

  private static CompletionStage<Reply> attach(Call call) {
    var query =
        new AttachQuery(
            call.flag("stdin"),
            call.flag("stdout"),
            call.flag("stderr"),
            call.flag("stream"),
            call.flag("logs"),
            keys(call));
    return Answer.of(
        call.local().containerStreams().attach(call.id(), query),
        attached -> hijack(attached, attached.tty(), call.version()));
  }

  static @Nullable String keys(Call call) {
    return call.parameter("detachKeys").filter(keys -> !keys.isEmpty()).orElse(null);
  }

  /**
   * Raw bytes, or frames for two channels. As in Docker, who starts an exec says which ({@code
   * raw}), whether the exec has a terminal or not.
   */
  static Reply hijack(Attached attached, boolean raw, ApiVersion version) {
    return new Reply.Hijack(
        MediaTypes.hijacked(raw, version),
        attached
            .output()
            .map(piece -> raw ? piece.bytes() : Frames.frame(piece.channel(), piece.bytes())),
        attached.input());
  }
}
