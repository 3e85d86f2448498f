package argosy.engine.image;

import argosy.engine.failure.Done;
import argosy.engine.protocol.Request;
import java.util.List;
import java.util.Map;

/** What can be asked of the image store. References are what users write: names, ids, prefixes. */
public sealed interface ImageRequest<R> extends Request<R> {

  /** {@code filters}: Docker's names to the accepted values. */
  record Find(boolean all, Map<String, List<String>> filters) implements ImageRequest<Listed> {
    @Override
    public Class<Listed> reply() {
      return Listed.class;
    }
  }

  record Listed(List<Image> images) {
    public Listed {
      images = List.copyOf(images);
    }
  }

  record Inspect(String reference) implements ImageRequest<Image> {
    @Override
    public Class<Image> reply() {
      return Image.class;
    }
  }

  /** How much of a registry these images are; {@code ids}: whole ones. */
  record Measure(List<String> ids) implements ImageRequest<Measured> {
    public Measure {
      ids = List.copyOf(ids);
    }

    @Override
    public Class<Measured> reply() {
      return Measured.class;
    }
  }

  /** By image id; one that is gone meanwhile is missing. */
  record Measured(Map<String, ImageContent> contents) {
    public Measured {
      contents = Map.copyOf(contents);
    }
  }

  record Tag(String reference, String repository, String tag) implements ImageRequest<Done> {
    @Override
    public Class<Done> reply() {
      return Done.class;
    }
  }

  record Remove(String reference, boolean force, boolean noPrune) implements ImageRequest<Removed> {
    @Override
    public Class<Removed> reply() {
      return Removed.class;
    }
  }

  /** What a removal or a prune took away, in the order it happened; {@code reclaimed} in bytes. */
  record Removed(List<Step> steps, long reclaimed) {
    public Removed {
      steps = List.copyOf(steps);
    }

    /** Exactly one of the two is not empty. */
    public record Step(String untagged, String deleted) {}
  }

  record Prune(Map<String, List<String>> filters) implements ImageRequest<Removed> {
    @Override
    public Class<Removed> reply() {
      return Removed.class;
    }
  }
}
