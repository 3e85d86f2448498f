package argosy.http;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.Http;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
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
  private final Materializer materializer;

  HttpLayer(ActorSystem<?> system) {
    Config config =
        ConfigFactory.parseResources(HttpLayer.class.getClassLoader(), "argosy-pekko-http.conf")
            .withFallback(system.settings().config())
            .resolve();
    var settings =
        ServerSettings.create(config).withServerHeader(java.util.Optional.of(serverHeader()));
    server = Http.get(system).serverLayer(settings).atop(plain());
    materializer = SystemMaterializer.get(system).materializer();
  }

  private static org.apache.pekko.http.javadsl.model.headers.Server serverHeader() {
    return org.apache.pekko.http.javadsl.model.headers.Server.create(
        org.apache.pekko.http.javadsl.model.headers.ProductVersion.create(
            "Argosy", Release.VERSION, "linux"));
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

  Materializer materializer() {
    return materializer;
  }
}
