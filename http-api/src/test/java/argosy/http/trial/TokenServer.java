package argosy.http.trial;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A token server as the distribution project describes it, for one user; a program of its own, as
 * it has to run inside a test host. Prints a line when it listens, and one for each token.
 */
final class TokenServer {
  private static final Base64.Encoder URL = Base64.getUrlEncoder().withoutPadding();
  private static final String REFRESH = "stands-for-the-password";

  private final PrivateKey key;
  private final String certificate;
  private final int seconds;

  private TokenServer(Path key, Path certificate, int seconds)
      throws IOException, GeneralSecurityException {
    this.key = KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(der(key)));
    this.certificate = Base64.getEncoder().encodeToString(der(certificate));
    this.seconds = seconds;
  }

  private static byte[] der(Path pem) throws IOException {
    String text = Files.readString(pem);
    return Base64.getMimeDecoder().decode(text.replaceAll("-----[^-]*-----", ""));
  }

  /** {@code ADDRESS PORT KEY CERTIFICATE SECONDS-A-TOKEN-LASTS}. */
  public static void main(String... arguments) throws Exception {
    var tokens =
        new TokenServer(
            Path.of(arguments[2]), Path.of(arguments[3]), Integer.parseInt(arguments[4]));
    var server =
        HttpServer.create(new InetSocketAddress(arguments[0], Integer.parseInt(arguments[1])), 0);
    server.createContext("/token", tokens::answer);
    server.start();
    System.out.println("listens");
  }

  private void answer(HttpExchange exchange) throws IOException {
    var asked = form(exchange.getRequestURI().getRawQuery());
    if (exchange.getRequestMethod().equals("POST")) {
      asked.putAll(
          form(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
    }
    String authorization = exchange.getRequestHeaders().getFirst("Authorization");
    boolean known =
        ("Basic "
                    + Base64.getEncoder()
                        .encodeToString("user:secret".getBytes(StandardCharsets.UTF_8)))
                .equals(authorization)
            || REFRESH.equals(asked.get("refresh_token"));
    boolean wrong = !known && (authorization != null || asked.containsKey("refresh_token"));
    System.out.println((known ? "known " : wrong ? "wrong " : "nobody ") + asked.get("scope"));
    try {
      reply(
          exchange,
          wrong ? 401 : 200,
          wrong ? "{\"details\":\"incorrect username or password\"}" : body(asked, known));
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }

  private static Map<String, String> form(@Nullable String text) {
    var fields = new HashMap<String, String>();
    for (String each : text == null ? new String[0] : text.split("&", -1)) {
      String[] halves = each.split("=", 2);
      fields.put(
          halves[0],
          java.net.URLDecoder.decode(halves.length > 1 ? halves[1] : "", StandardCharsets.UTF_8));
    }
    return fields;
  }

  private String body(Map<String, String> asked, boolean known) throws GeneralSecurityException {
    String token = token(asked.getOrDefault("service", ""), asked.getOrDefault("scope", ""), known);
    boolean offline = known && "true".equals(asked.get("offline_token"));
    return "{\"token\":\"%s\",\"access_token\":\"%s\",\"expires_in\":%d%s}"
        .formatted(token, token, seconds, offline ? ",\"refresh_token\":\"" + REFRESH + "\"" : "");
  }

  private String token(String service, String scope, boolean known)
      throws GeneralSecurityException {
    long now = Instant.now().getEpochSecond();
    String head = "{\"typ\":\"JWT\",\"alg\":\"RS256\",\"x5c\":[\"" + certificate + "\"]}";
    String claims =
        """
        {"iss":"trial","sub":"user","aud":"%s","exp":%d,"nbf":%d,"iat":%d,"jti":"%s","access":%s}\
        """
            .formatted(
                service, now + seconds, now - 10, now, UUID.randomUUID(), access(scope, known));
    String both = encoded(head) + "." + encoded(claims);
    var signature = Signature.getInstance("SHA256withRSA");
    signature.initSign(key);
    signature.update(both.getBytes(StandardCharsets.US_ASCII));
    return both + "." + URL.encodeToString(signature.sign());
  }

  private static String encoded(String text) {
    return URL.encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  /** {@code repository:PATH:pull,push}, several with spaces between; nothing for a stranger. */
  private static String access(String scope, boolean known) {
    var granted = new ArrayList<String>();
    for (String each : known && !scope.isEmpty() ? scope.split(" ", -1) : new String[0]) {
      String[] parts = each.split(":", 3);
      granted.add(
          "{\"type\":\"%s\",\"name\":\"%s\",\"actions\":[%s]}"
              .formatted(
                  parts[0],
                  parts[1],
                  List.of(parts[2].split(",", -1)).stream()
                      .map(action -> "\"" + action + "\"")
                      .collect(Collectors.joining(","))));
    }
    return granted.toString();
  }

  private static void reply(HttpExchange exchange, int status, String body) throws IOException {
    try (exchange) {
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().add("Content-Type", "application/json");
      exchange.sendResponseHeaders(status, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }
}
