package argosy.http.container;

import argosy.engine.container.ContainerStreams.AttachQuery;
import argosy.engine.container.ContainerStreams.Attached;
import argosy.http.answer.Answer;
import argosy.http.answer.Refusal;
import argosy.http.endpoint.Call;
import argosy.http.endpoint.Reply;
import argosy.http.version.ApiVersion;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.NotUsed;
import org.apache.pekko.http.javadsl.model.AttributeKeys;
import org.apache.pekko.http.javadsl.model.ws.BinaryMessage;
import org.apache.pekko.http.javadsl.model.ws.Message;
import org.apache.pekko.http.javadsl.model.ws.TextMessage;
import org.apache.pekko.http.javadsl.model.ws.WebSocketUpgrade;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;

/**
 * A container's own streams over a WebSocket: a message for each piece of output, both channels
 * unframed in one stream, each message from the client a piece of input. Messages are text before
 * 1.28 and binary since; which streams are meant counts since 1.42, before it was all of them.
 */
final class AttachSocket {
  private AttachSocket() {}

  static CompletionStage<Reply> attach(Call call) {
    var upgrade = call.request().getAttribute(AttributeKeys.webSocketUpgrade);
    if (upgrade.isEmpty()) {
      throw Refusal.invalid(
          "this is for WebSocket clients: the request asks for no upgrade to one");
    }
    return Answer.of(
        call.local().containerStreams().attach(call.id(), query(call)),
        attached -> reply(upgrade.get(), attached, call.version()));
  }

  static AttachQuery query(Call call) {
    boolean chosen = call.version().atLeast(42);
    return new AttachQuery(
        !chosen || call.flag("stdin"),
        !chosen || call.flag("stdout"),
        !chosen || call.flag("stderr"),
        call.flag("stream"),
        call.flag("logs"),
        AttachRoutes.keys(call));
  }

  private static Reply reply(WebSocketUpgrade upgrade, Attached attached, ApiVersion version) {
    return new Reply.Http(
        upgrade.handleMessagesWith(
            input().toMat(attached.input(), (notUsed, _) -> notUsed), output(attached, version)));
  }

  private static Flow<Message, ByteString, NotUsed> input() {
    return Flow.of(Message.class).flatMapConcat(AttachSocket::bytes);
  }

  private static Source<ByteString, ?> bytes(Message message) {
    return message.isText()
        ? message.asTextMessage().getStreamedText().map(ByteString::fromString)
        : message.asBinaryMessage().getStreamedData();
  }

  private static Source<Message, ?> output(Attached attached, ApiVersion version) {
    boolean binary = version.atLeast(28);
    return attached
        .output()
        .map(piece ->
            binary
                ? BinaryMessage.create(piece.bytes())
                : TextMessage.create(piece.bytes().utf8String()));
  }
}
