package argosy.http.system;

import argosy.cluster.Cluster.Node;
import argosy.http.wire.NodeRow;
import java.util.Locale;

/** A node as {@code argosy node ls} lists it. */
final class NodeView {
  private NodeView() {}

  static NodeRow of(Node node) {
    return new NodeRow(
        node.name(),
        node.id(),
        node.address(),
        node.state().name().toLowerCase(Locale.ROOT),
        node.self(),
        node.labels(),
        node.version());
  }
}
