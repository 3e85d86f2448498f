package argosy.cluster.gateway;

import java.time.Duration;
import java.util.List;

/**
 * The nodes as they can be asked at this instant.
 *
 * @param reachable this host first
 * @param silent names of nodes that belong to the cluster and can not be reached
 * @param gather how long a question to all of them waits
 */
public record Links(List<Link> reachable, List<String> silent, Duration gather) {
  public Links {
    reachable = List.copyOf(reachable);
    silent = List.copyOf(silent);
  }

  public Link self() {
    return reachable.getFirst();
  }
}
