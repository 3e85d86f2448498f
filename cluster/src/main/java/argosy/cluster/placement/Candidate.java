package argosy.cluster.placement;

import argosy.engine.HostRequest.HostFacts;
import java.util.List;
import java.util.Set;

/**
 * What placement knows of a node.
 *
 * @param labels {@code k=v}
 * @param hasImage whether the container's image is in its store
 * @param networks those the container names and the node has
 * @param volumes likewise
 */
public record Candidate(
    String name,
    String id,
    List<String> labels,
    HostFacts facts,
    boolean hasImage,
    Set<String> networks,
    Set<String> volumes) {
  public Candidate {
    labels = List.copyOf(labels);
    networks = Set.copyOf(networks);
    volumes = Set.copyOf(volumes);
  }
}
