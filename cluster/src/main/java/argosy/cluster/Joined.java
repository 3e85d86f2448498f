package argosy.cluster;

import argosy.cluster.wire.NodeFacts;
import argosy.engine.LocalEngine;
import argosy.engine.failure.Failure;
import argosy.engine.failure.Refused;

/** A host with an open cluster port. */
final class Joined {
  private Joined() {}

  static Cluster start(ClusterConfig config, LocalEngine engine, NodeFacts self) {
    throw new Refused(new Failure.NotImplemented("joining a cluster is not built yet"));
  }
}
