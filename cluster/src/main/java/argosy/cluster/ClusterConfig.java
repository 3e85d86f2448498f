package argosy.cluster;

import com.typesafe.config.Config;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What the cluster is told at start; every key stands with its sentence in {@code reference.conf}.
 *
 * @param listen {@code ADDR:PORT} of the cluster port, "" to stay alone
 * @param advertise the address others use to reach it, "" for the one it listens on
 * @param join {@code ADDR:PORT}s of members to ask, in this order
 * @param insecure the operator accepts that the port has no authentication
 * @param foundAnew found a cluster whatever the record on disk says
 * @param gather how long a question to all nodes waits for the slow ones
 * @param retry between two rounds of asking to be let in
 * @param directory where the record of the cluster lies
 * @param system overrides for the cluster's actor system, with everything else behind it
 */
public record ClusterConfig(
    String listen,
    String advertise,
    List<String> join,
    boolean insecure,
    boolean foundAnew,
    Duration gather,
    Duration retry,
    Path directory,
    Config system) {
  public ClusterConfig {
    join = List.copyOf(join);
  }

  /** Reads {@code argosy.cluster} of a resolved configuration, and the engine's data root. */
  public static ClusterConfig from(Config config) {
    var cluster = config.getConfig("argosy.cluster");
    return new ClusterConfig(
        cluster.getString("listen"),
        cluster.getString("advertise"),
        cluster.getStringList("join"),
        cluster.getBoolean("insecure"),
        cluster.getBoolean("found-anew"),
        cluster.getDuration("gather"),
        cluster.getDuration("retry"),
        Path.of(config.getString("argosy.engine.data-root")),
        cluster.getConfig("system").withFallback(config));
  }
}
