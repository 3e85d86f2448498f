package argosy.http.endpoint;

import argosy.cluster.Cluster;
import argosy.engine.Engine;
import argosy.engine.LocalEngine;
import argosy.http.version.ApiVersion;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.stream.Materializer;

/**
 * One request on its way to a handler.
 *
 * @param path the values of the path's {@code {names}}, decoded
 * @param query every query parameter, decoded, in order
 * @param engine the engine this request is about: this host's, a node's, or the whole cluster's
 * @param local this host's engine; only for lines that carry bytes, where it is the one meant
 */
public record Call(
    HttpRequest request,
    Map<String, String> path,
    Map<String, List<String>> query,
    ApiVersion version,
    View view,
    Engine engine,
    LocalEngine local,
    Cluster cluster,
    Materializer materializer) {

  /** Which base path the request came through. */
  public enum View {
    HOST,
    NODE,
    CLUSTER
  }

  public String id() {
    return path.getOrDefault("id", "");
  }

  public Optional<String> parameter(String name) {
    return Optional.ofNullable(query.get(name)).map(List::getFirst);
  }

  /** Docker's booleans: absent, empty, 0, no, false and none are false, all else is true. */
  public boolean flag(String name, boolean absent) {
    return parameter(name)
        .map(value ->
            !List.of("", "0", "no", "false", "none")
                .contains(value.strip().toLowerCase(java.util.Locale.ROOT)))
        .orElse(absent);
  }

  public boolean flag(String name) {
    return flag(name, false);
  }
}
