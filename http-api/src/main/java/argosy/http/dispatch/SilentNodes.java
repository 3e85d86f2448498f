package argosy.http.dispatch;

import argosy.cluster.Cluster.Node;
import argosy.http.endpoint.Reply;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;

/** Says on a partial answer which nodes are missing in it. */
final class SilentNodes {
  private SilentNodes() {}

  static Reply named(Reply reply, List<Node> nodes) {
    return named(reply, nodes, List.of());
  }

  /** {@code late}: names of nodes that were asked and did not answer in time. */
  static Reply named(Reply reply, List<Node> nodes, Collection<String> late) {
    var gone = nodes.stream().filter(SilentNodes::silent).map(Node::name);
    var silent =
        Stream.concat(gone, late.stream()).distinct().sorted().collect(Collectors.joining(", "));
    return switch (reply) {
      case Reply.Http(var response) when !silent.isEmpty() ->
          new Reply.Http(
              response.addHeader(
                  RawHeader.create(
                      "Warning", "199 argosy \"these nodes do not answer: " + silent + "\"")));
      case Reply.Http http -> http;
      case Reply.Hijack hijack -> hijack;
    };
  }

  static boolean silent(Node node) {
    return switch (node.state()) {
      case UNREACHABLE, DOWN -> true;
      case JOINING, UP, LEAVING -> false;
    };
  }
}
