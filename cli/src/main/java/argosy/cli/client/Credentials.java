package argosy.cli.client;

import argosy.cli.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What is known of registries' users: docker's {@code config.json}, in {@code $DOCKER_CONFIG} or
 * {@code ~/.docker}, and the credential helper it names, if any.
 */
public final class Credentials {
  /** Under this name docker keeps those of its own registry. */
  public static final String DOCKER_HUB = "https://index.docker.io/v1/";

  private final Path file;

  private Credentials(Path file) {
    this.file = file;
  }

  public static Credentials of(Map<String, String> environment) {
    String directory =
        environment.getOrDefault(
            "DOCKER_CONFIG", environment.getOrDefault("HOME", "/root") + "/.docker");
    return new Credentials(Path.of(directory).resolve("config.json"));
  }

  /** {@code token}: instead of a password, when the registry gave one; else "". */
  public void keep(String server, String user, String password, String token) throws IOException {
    Map<String, @Nullable Object> config = config();
    String helper = helper(config, server);
    if (!helper.isEmpty()) {
      String name = token.isEmpty() ? user : "<token>";
      var entry =
          Map.of(
              "ServerURL", server, "Username", name, "Secret", token.isEmpty() ? password : token);
      run(helper, "store", new Json(entry).compact());
      auths(config).put(server, Map.of());
    } else {
      String pair = user + ":" + (token.isEmpty() ? password : "");
      Map<String, @Nullable Object> entry = new LinkedHashMap<>();
      entry.put("auth", Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
      if (!token.isEmpty()) {
        entry.put("identitytoken", token);
      }
      auths(config).put(server, entry);
    }
    write(config);
  }

  /** False when there is nothing to forget. */
  public boolean forget(String server) throws IOException {
    Map<String, @Nullable Object> config = config();
    if (!auths(config).containsKey(server)) {
      return false;
    }
    String helper = helper(config, server);
    if (!helper.isEmpty()) {
      run(helper, "erase", server);
    }
    auths(config).remove(server);
    write(config);
    return true;
  }

  /** The value of {@code X-Registry-Auth} for an image's registry; "" when nothing is known. */
  public String header(String image) throws IOException {
    if (!Files.exists(file)) {
      return "";
    }
    int slash = image.indexOf('/');
    String host = slash < 0 ? "" : image.substring(0, slash);
    boolean named = host.contains(".") || host.contains(":") || host.equals("localhost");
    String server = named ? host : DOCKER_HUB;
    Map<String, @Nullable Object> config = config();
    String helper = helper(config, server);
    Map<String, Object> auth = new LinkedHashMap<>();
    auth.put("serveraddress", server);
    Json kept = new Json(auths(config).get(server));
    if (!helper.isEmpty()) {
      Json found = found(helper, server);
      if (!found.present()) {
        return "";
      }
      boolean token = found.get("Username").text().equals("<token>");
      auth.put(
          token ? "identitytoken" : "username", found.get(token ? "Secret" : "Username").text());
      if (!token) {
        auth.put("password", found.get("Secret").text());
      }
    } else if (kept.present()) {
      String pair =
          new String(Base64.getDecoder().decode(kept.get("auth").text()), StandardCharsets.UTF_8);
      int colon = pair.indexOf(':');
      auth.put("username", colon < 0 ? pair : pair.substring(0, colon));
      auth.put("password", colon < 0 ? "" : pair.substring(colon + 1));
      auth.put("identitytoken", kept.get("identitytoken").text());
    } else {
      return "";
    }
    byte[] text = new Json(auth).compact().getBytes(StandardCharsets.UTF_8);
    return Base64.getUrlEncoder().encodeToString(text);
  }

  private static Json found(String helper, String server) {
    try {
      return Json.parse(run(helper, "get", server));
    } catch (IOException unknown) {
      return Json.NULL;
    }
  }

  private static String helper(Map<String, @Nullable Object> config, String server) {
    String own = new Json(config).get("credHelpers", server).text();
    return own.isEmpty() ? new Json(config).get("credsStore").text() : own;
  }

  private static String run(String helper, String verb, String input) throws IOException {
    var process = new ProcessBuilder("docker-credential-" + helper, verb).start();
    try (var in = process.getOutputStream()) {
      in.write(input.getBytes(StandardCharsets.UTF_8));
    }
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (!process.waitFor(1, TimeUnit.MINUTES) || process.exitValue() != 0) {
        throw new IOException("docker-credential-" + helper + " " + verb + ": " + said.strip());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
    return said;
  }

  private Map<String, @Nullable Object> config() throws IOException {
    Map<String, @Nullable Object> config = new LinkedHashMap<>();
    if (Files.exists(file)) {
      Json.parse(Files.readString(file))
          .fields()
          .forEach((name, it) -> config.put(name, it.value()));
    }
    Map<String, @Nullable Object> auths = new LinkedHashMap<>();
    new Json(config).get("auths").fields().forEach((name, it) -> auths.put(name, it.value()));
    config.put("auths", auths);
    return config;
  }

  @SuppressWarnings("unchecked") // made just above
  private static Map<String, @Nullable Object> auths(Map<String, @Nullable Object> config) {
    return (Map<String, @Nullable Object>) java.util.Objects.requireNonNull(config.get("auths"));
  }

  /** For nobody but its owner, the old one or the new one. */
  private void write(Map<String, @Nullable Object> config) throws IOException {
    Path directory = java.util.Objects.requireNonNull(file.getParent());
    Files.createDirectories(directory);
    Path fresh =
        Files.createTempFile(
            directory,
            "config",
            ".json",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(fresh, new Json(config).indented() + "\n");
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
