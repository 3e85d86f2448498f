package argosy.cluster.whole;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The part of a list's filters that chooses nodes: {@code label=io.argosy.node=n2} and {@code
 * node=n2}. The label is made by the cluster view, so no node could match it itself.
 *
 * @param nodes accepted names; empty: all
 * @param rest what every node is asked
 */
record NodeFilter(List<String> nodes, Map<String, List<String>> rest) {
  private static final String LABEL = Labelled.NODE + "=";

  static NodeFilter of(Map<String, List<String>> filters) {
    var rest = new HashMap<>(filters);
    var nodes = new ArrayList<String>();
    List<String> named = rest.remove("node");
    if (named != null) {
      nodes.addAll(named);
    }
    List<String> labels = rest.remove("label");
    if (labels != null) {
      labels.stream()
          .filter(label -> label.startsWith(LABEL))
          .forEach(label -> nodes.add(label.substring(LABEL.length())));
      List<String> others = labels.stream().filter(label -> !label.startsWith(LABEL)).toList();
      if (!others.isEmpty()) {
        rest.put("label", others);
      }
    }
    return new NodeFilter(List.copyOf(nodes), Map.copyOf(rest));
  }

  boolean fits(String node) {
    return nodes.isEmpty() || nodes.contains(node);
  }
}
