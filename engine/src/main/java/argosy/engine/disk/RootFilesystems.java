package argosy.engine.disk;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * Containers' root file systems: image layers below, a writable layer on top. Every call blocks.
 */
public interface RootFilesystems {
  /**
   * Mounts a container's root, making its writable layer at the first time.
   *
   * @param layers chain ids, lowest first
   * @param durable false for a container that is thrown away: nothing is synced for it
   * @return the mounted root
   */
  Path mount(String container, List<String> layers, boolean durable);

  /**
   * Mounts a container's root unless it is mounted, and keeps it so until the hold is closed,
   * whoever unmounts it meanwhile.
   */
  Hold hold(String container, List<String> layers, boolean durable);

  /** A root that stays mounted until this is closed. */
  interface Hold extends AutoCloseable {
    Path root();

    @Override
    void close();
  }

  /**
   * Mounts a container's {@code /dev/shm} on the host, for others to share; goes with {@link
   * #unmount}. Idempotent.
   *
   * @param bytes its size
   */
  Path sharedMemory(String container, long bytes);

  /** Where {@link #sharedMemory} of a container is, mounted or not. */
  Path sharedMemory(String container);

  /**
   * Mounts a file or directory at a place of the container's own; goes with {@link #unmount}.
   *
   * @param number tells the container's places apart
   */
  Path bind(String container, int number, Path source);

  /**
   * Mounts an image's files read-only at a place of the container's own; goes with {@link #unmount}
   * or with the last {@link Hold}. Idempotent.
   *
   * @param layers chain ids, lowest first
   */
  Path image(String container, int number, List<String> layers);

  /** Unmounts; idempotent, and what is busy is detached. */
  void unmount(String container);

  /** Unmounts and removes the writable layer; idempotent. */
  void remove(String container);

  /** Where its parts lie, mounted or not. */
  Locations locations(String container, List<String> layers);

  /** Bytes in the writable layer. */
  long writableBytes(String container);

  /** Ids that have a writable layer or a mount, for clearing up at start. */
  List<String> remains();

  /** Ids whose root is mounted. */
  Set<String> mounted();

  /** {@code lower}: highest layer first, as the overlay option has it. */
  record Locations(List<Path> lower, Path upper, Path work, Path merged) {}
}
