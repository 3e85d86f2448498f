package argosy.cluster.wire;

import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a node tells the others about itself.
 *
 * @param name unique in the cluster
 * @param id the engine's stable id
 * @param labels {@code k=v}, for placement
 * @param peer where its bytes connection listens ({@code http://10.0.0.2:2376}), null: it has none
 * @param version the daemon's
 */
public record NodeFacts(
    String name, String id, List<String> labels, @Nullable URI peer, String version) {
  public NodeFacts {
    labels = List.copyOf(labels);
  }
}
