package argosy.http;

import argosy.http.plain.AnswerText;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.Http;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.headers.Host;
import org.apache.pekko.http.javadsl.model.headers.ProductVersion;
import org.apache.pekko.http.javadsl.model.headers.Server;
import org.apache.pekko.http.javadsl.settings.ClientConnectionSettings;
import org.apache.pekko.http.javadsl.settings.ServerSettings;
import org.apache.pekko.stream.Materializer;
import org.apache.pekko.stream.SystemMaterializer;
import org.apache.pekko.stream.TLSProtocol;
import org.apache.pekko.stream.javadsl.BidiFlow;
import org.apache.pekko.stream.javadsl.TLSPlacebo;
import org.apache.pekko.util.ByteString;

/** The HTTP library between bytes and requests; made once, used by every connection. */
final class HttpLayer {
  private final BidiFlow<HttpResponse, ByteString, ByteString, HttpRequest, NotUsed> server;
  private final BidiFlow<HttpRequest, ByteString, ByteString, HttpResponse, NotUsed> client;
  private final Materializer materializer;
  private final AnswerText text = new AnswerText(serverHeader().value());

  HttpLayer(ActorSystem<?> system) {
    Config config =
        ConfigFactory.parseResources(HttpLayer.class.getClassLoader(), "argosy-pekko-http.conf")
            .withFallback(system.settings().config())
            .resolve();
    var settings = ServerSettings.create(config).withServerHeader(Optional.of(serverHeader()));
    server = Http.get(system).serverLayer(settings).atop(plain());
    client =
        Http.get(system)
            .clientLayer(Host.create("peer"), ClientConnectionSettings.create(config))
            .atop(plain());
    materializer = SystemMaterializer.get(system).materializer();
  }

  private static Server serverHeader() {
    return Server.create(ProductVersion.create("Argosy", Release.VERSION, "linux"));
  }

  /** The answers that are written without the library. */
  AnswerText text() {
    return text;
  }

  /** Where requests are answered. */
  Executor executor() {
    return materializer.executionContext();
  }

  @SuppressWarnings("unchecked") // the placebo emits SessionBytes, which are SslTlsInbound
  private static BidiFlow<
          TLSProtocol.SslTlsOutbound, ByteString, ByteString, TLSProtocol.SslTlsInbound, NotUsed>
      plain() {
    return (BidiFlow<
            TLSProtocol.SslTlsOutbound, ByteString, ByteString, TLSProtocol.SslTlsInbound, NotUsed>)
        (BidiFlow<?, ?, ?, ?, ?>) TLSPlacebo.getInstance();
  }

  BidiFlow<HttpResponse, ByteString, ByteString, HttpRequest, NotUsed> server() {
    return server;
  }

  /** The side that asks; an exchange each. */
  BidiFlow<HttpRequest, ByteString, ByteString, HttpResponse, NotUsed> client() {
    return client;
  }

  Materializer materializer() {
    return materializer;
  }
}
