package argosy.engine.volume;

import argosy.engine.failure.Done;
import argosy.engine.protocol.Request;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What can be asked about volumes. */
public sealed interface VolumeRequest<R> extends Request<R> {

  record Find(Map<String, List<String>> filters) implements VolumeRequest<Listed> {
    @Override
    public Class<Listed> reply() {
      return Listed.class;
    }
  }

  record Inspect(String name) implements VolumeRequest<Volume> {
    @Override
    public Class<Volume> reply() {
      return Volume.class;
    }
  }

  /** Idempotent for the same name; "" asks for an anonymous one. */
  record Create(String name, String driver, Map<String, String> options, Map<String, String> labels)
      implements VolumeRequest<Volume> {
    @Override
    public Class<Volume> reply() {
      return Volume.class;
    }
  }

  /**
   * A new volume with all that another holds. Takes as long as the copying does.
   *
   * @param labels of the new one, instead of the other's when there are any
   */
  record Clone(String source, String name, Map<String, String> labels)
      implements VolumeRequest<Volume> {
    @Override
    public Class<Volume> reply() {
      return Volume.class;
    }

    @Override
    public Duration patience() {
      return Duration.ofHours(6);
    }
  }

  record Remove(String name, boolean force) implements VolumeRequest<Done> {
    @Override
    public Class<Done> reply() {
      return Done.class;
    }
  }

  record Prune(boolean all, Map<String, List<String>> filters) implements VolumeRequest<Pruned> {
    @Override
    public Class<Pruned> reply() {
      return Pruned.class;
    }
  }

  /** Every volume with what it holds; takes as long as it takes to look at all their files. */
  record Measure() implements VolumeRequest<Measured> {
    @Override
    public Class<Measured> reply() {
      return Measured.class;
    }
  }

  record Measured(List<Sized> volumes) {
    public Measured {
      volumes = List.copyOf(volumes);
    }
  }

  /** {@code bytes}: of all its files, one with several names counted once. */
  record Sized(Volume volume, long bytes) {}

  record Listed(List<Volume> volumes) {
    public Listed {
      volumes = List.copyOf(volumes);
    }
  }

  /** {@code mountpoint} is absolute and ends in {@code /volumes/NAME/_data}. */
  record Volume(
      String name,
      String driver,
      String mountpoint,
      Instant created,
      Map<String, String> labels,
      Map<String, String> options,
      boolean anonymous) {}

  record Pruned(List<String> names, long reclaimed) {
    public Pruned {
      names = List.copyOf(names);
    }
  }
}
