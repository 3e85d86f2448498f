package argosy.http.endpoint;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * One line of the Docker Engine API.
 *
 * @param method GET, POST …
 * @param path {@code /containers/{id}/json}; a trailing {@code {name...}} takes slashes too
 */
public record Endpoint(String method, String path, Reach reach, Handler handler) {

  /** How the line gets to an engine that is not this host's. */
  public sealed interface Reach {
    /** The handler speaks the engine's protocol, which reaches any engine. */
    record Protocol() implements Reach {}

    /**
     * The handler needs this host's streams; for another node the whole HTTP exchange goes to that
     * node. In the cluster view the subject tells which.
     *
     * @param subject by the decoded query, for a line whose query decides what it does
     */
    record Bytes(Function<Map<String, List<String>>, Subject> subject) implements Reach {}
  }

  /** What a byte-carrying line is about, so that the cluster view finds its node. */
  public enum Subject {
    /** The container in the path's {@code {id}}. */
    CONTAINER,
    /** The exec in the path's {@code {id}}. */
    EXEC,
    /** An image that some node has, in the path's {@code {name}}. */
    IMAGE,
    /** A volume in the path's {@code {name}}; one that no node has belongs here. */
    VOLUME,
    /** Every node at once, the answers merged line by line. The request has no body. */
    EVERY_NODE,
    /** This node will do. */
    HERE
  }

  /** Answers one call. A failed stage is a bug and becomes a 500. */
  @FunctionalInterface
  public interface Handler {
    CompletionStage<Reply> handle(Call call);
  }

  public static Endpoint protocol(String method, String path, Handler handler) {
    return new Endpoint(method, path, new Reach.Protocol(), handler);
  }

  public static Endpoint bytes(String method, String path, Subject subject, Handler handler) {
    return bytes(method, path, _ -> subject, handler);
  }

  public static Endpoint bytes(
      String method,
      String path,
      Function<Map<String, List<String>>, Subject> subject,
      Handler handler) {
    return new Endpoint(method, path, new Reach.Bytes(subject), handler);
  }
}
