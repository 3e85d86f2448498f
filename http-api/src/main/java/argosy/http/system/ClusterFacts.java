package argosy.http.system;

import argosy.cluster.Cluster.Node;
import argosy.cluster.Cluster.Standing;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What {@code info} says of the cluster; nothing on a host that joined nobody. */
record ClusterFacts(Standing standing, List<Node> nodes) {

  /** {@code SystemStatus}: a line for the cluster and one for each node. */
  List<List<String>> status() {
    if (!standing.joined()) {
      return List.of();
    }
    var lines = new ArrayList<List<String>>();
    lines.add(List.of("Cluster address", standing.address()));
    lines.add(List.of("Nodes", count()));
    for (var node : nodes) {
      lines.add(List.of(" " + node.name(), state(node) + " at " + node.address()));
    }
    return List.copyOf(lines);
  }

  /** The same as labels, which every client shows. */
  List<String> labels() {
    return standing.joined()
        ? List.of(
            "io.argosy.cluster.nodes=" + standing.nodes(),
            "io.argosy.cluster.unreachable=" + standing.unreachable())
        : List.of();
  }

  List<String> warnings() {
    return standing.warning().isEmpty() ? List.of() : List.of(standing.warning());
  }

  private String count() {
    return standing.unreachable() == 0
        ? Integer.toString(standing.nodes())
        : standing.nodes() + ", " + standing.unreachable() + " unreachable";
  }

  private static String state(Node node) {
    return node.state().name().toLowerCase(Locale.ROOT);
  }
}
