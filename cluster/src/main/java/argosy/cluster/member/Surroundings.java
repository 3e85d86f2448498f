package argosy.cluster.member;

import argosy.cluster.wire.NodeFacts;
import argosy.engine.disk.Records;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

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
    private static final String FILE = "record.json";

    /** The record below a data root. */
    public static Store in(Path dataRoot) {
      return new Store(new Records<>(dataRoot, FILE, ClusterRecord.class));
    }

    Memory read() {
      Optional<ClusterRecord> record = records.get(ID);
      if (record.isPresent()) {
        return new Memory(record.get(), "");
      }
      Path aside = records.directory(ID).resolve(FILE + ".corrupt");
      return new Memory(
          null,
          Files.exists(aside)
              ? "the cluster's record was not readable and lies at %s, so this host only joins; "
                  .formatted(aside)
              : "");
    }

    void write(ClusterRecord record) {
      records.put(ID, record);
    }
  }

  /**
   * What was found on disk.
   *
   * @param record null: there is none
   * @param problem why there is none although there was one, the beginning of a sentence, or ""
   */
  record Memory(@Nullable ClusterRecord record, String problem) {
    static Memory failed(@Nullable Throwable thrown) {
      return new Memory(null, "the cluster's record can not be read (" + thrown + "); ");
    }
  }
}
