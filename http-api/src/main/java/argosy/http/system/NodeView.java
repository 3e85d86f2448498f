package argosy.http.system;

import argosy.cluster.Cluster.Node;
import argosy.http.wire.NodeRow;
import java.util.Locale;

/** A node as {@code argosy node ls} lists it. */
final class NodeView {
  private NodeView() {}

  /** A node's version is known for the one that answers only. */
  static NodeRow of(Node node, String version) {
    return new NodeRow(
        node.name(),
        node.id(),
        node.address(),
        node.state().name().toLowerCase(Locale.ROOT),
        node.self(),
        node.labels(),
        node.self() ? version : "");
  }
}
