package argosy.cluster.member;

import argosy.cluster.wire.NodeFacts;
import argosy.engine.disk.Records;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * What {@link Members} needs of its host.
 *
 * @param join addresses ({@code pekko://…}) of members to ask first
 * @param retry between two rounds
 * @param publish told after every change; may be called often
 * @param lost told the address of each node that became unreachable or is gone
 * @param blocking for the disk
 */
public record Surroundings(
    NodeFacts self,
    List<String> join,
    boolean foundAnew,
    Duration retry,
    Store store,
    Consumer<Membership> publish,
    Consumer<String> lost,
    Executor blocking,
    InstantSource clock) {
  public Surroundings {
    join = List.copyOf(join);
  }

  /** Where the record lies; both calls block. */
  public record Store(Records<ClusterRecord> records) {
    private static final String ID = "cluster";

    /** The record below a data root. */
    public static Store in(Path dataRoot) {
      return new Store(new Records<>(dataRoot, "record.json", ClusterRecord.class));
    }

    Optional<ClusterRecord> read() {
      return records.get(ID);
    }

    void write(ClusterRecord record) {
      records.put(ID, record);
    }
  }
}
