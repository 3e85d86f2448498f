package argosy.engine.image.store;

import argosy.engine.disk.Blobs;
import argosy.engine.disk.Digest;
import argosy.engine.disk.FileTree;
import argosy.engine.disk.Layers;
import argosy.engine.disk.Records;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The catalog on disk: a record for each image, one for all names, and the layers and blobs they
 * need. Every call blocks; one at a time.
 */
public final class ImageStore {
  private static final Logger LOG = LoggerFactory.getLogger(ImageStore.class);
  private static final String RECORD = "record.json";
  private static final String NAMES = "names";

  private final Path images;
  private final Records<StoredImage> records;
  private final Records<Names> names;
  private final Records<LastUse> lastUse;
  private final Blobs blobs;
  private final Layers layers;

  /** {@code dataRoot}: where {@code images} is. */
  public ImageStore(Path dataRoot, Blobs blobs, Layers layers) {
    this.images = dataRoot.resolve("images");
    this.records = new Records<>(images, RECORD, StoredImage.class);
    this.names = new Records<>(images, "names.json", Names.class);
    this.lastUse = new Records<>(images, "used.json", LastUse.class);
    this.blobs = blobs;
    this.layers = layers;
  }

  /** Canonical references to image ids, in one document so that a name is never two images'. */
  record Names(Map<String, String> names) {
    Names {
      names = Map.copyOf(names);
    }
  }

  /** Reads the catalog, and removes layers and blobs that nothing needs any more. */
  public Catalog load() {
    var found = new HashMap<String, StoredImage>();
    for (StoredImage image : records.all()) {
      if (image.image().layers().stream().allMatch(chain -> layers.has(Digest.parse(chain)))) {
        found.put(image.id(), image);
      } else {
        LOG.error("the image {} lacks layers and is left out", image.id());
      }
    }
    var known = new HashMap<>(names.get(NAMES).map(Names::names).orElse(Map.of()));
    known.values().removeIf(id -> !found.containsKey(id));
    var catalog = new Catalog(found, known, Map.of());
    if (found.size() == recorded()) {
      drop(strays(catalog, Instant.MAX), Runnable::run);
    }
    return catalog;
  }

  /**
   * Image directories, readable or not: with an unreadable one nothing is called left over. What is
   * left of a removed image, a directory without any record, goes.
   */
  private long recorded() {
    long count = 0;
    try (var directories =
        Files.newDirectoryStream(images, it -> !it.getFileName().toString().equals(NAMES))) {
      for (Path directory : directories) {
        if (isEmpty(directory)) {
          FileTree.delete(directory);
        } else {
          count++;
        }
      }
      return count;
    } catch (NoSuchFileException none) {
      return 0;
    } catch (IOException e) {
      throw new UncheckedIOException("can not list " + images + ": " + e, e);
    }
  }

  private static boolean isEmpty(Path directory) throws IOException {
    try (var files = Files.newDirectoryStream(directory)) {
      return !files.iterator().hasNext();
    }
  }

  /** Layers and blobs of before some time that no image of this catalog needs. */
  public Unneeded strays(Catalog catalog, Instant before) {
    return new Unneeded(
        Removal.dropped(texts(layers.before(before)), catalog.chains()),
        Removal.dropped(texts(blobs.before(before)), catalog.blobs()));
  }

  private static Set<String> texts(Set<Digest> digests) {
    return digests.stream().map(Digest::toString).collect(Collectors.toUnmodifiableSet());
  }

  /** Deletes what is half made and nobody works on; how many things. */
  public int sweep() {
    return blobs.sweep() + layers.sweep();
  }

  /** When images were used last; images that were not since long may be missing. */
  public LastUse lastUse() {
    return lastUse.get(NAMES).orElse(LastUse.NONE);
  }

  /** Keeps it over a restart of the daemon, if not over a power cut. */
  public void save(LastUse uses) {
    lastUse.put(NAMES, uses, false);
  }

  /** Layers by chain id and blobs by digest that may go. */
  public record Unneeded(Set<String> chains, Set<String> blobs) {
    /** But for these. */
    public Unneeded without(Set<String> kept) {
      return new Unneeded(Removal.dropped(chains, kept), Removal.dropped(blobs, kept));
    }

    public boolean isEmpty() {
      return chains.isEmpty() && blobs.isEmpty();
    }
  }

  /** What one catalog needs and the next does not, but for what somebody holds. */
  public static Unneeded unneeded(Catalog before, Catalog after, Set<String> held) {
    var keptChains = new HashSet<>(after.chains());
    keptChains.addAll(held);
    var keptBlobs = new HashSet<>(after.blobs());
    keptBlobs.addAll(held);
    return new Unneeded(
        Removal.dropped(before.chains(), keptChains), Removal.dropped(before.blobs(), keptBlobs));
  }

  /** Writes what differs: new images before the names, lost ones after them. */
  public void save(Catalog before, Catalog after) {
    after.images().entrySet().stream()
        .filter(image -> !image.getValue().equals(before.images().get(image.getKey())))
        .forEach(image -> records.put(hex(image.getKey()), image.getValue()));
    if (!after.names().equals(before.names())) {
      names.put(NAMES, new Names(after.names()));
    }
    for (String id : before.images().keySet()) {
      if (!after.images().containsKey(id)) {
        records.remove(hex(id));
        FileTree.delete(records.directory(hex(id)));
      }
    }
  }

  /** Puts files out of sight; a layer's are deleted on {@code later}, many as they may be. */
  public void drop(Unneeded unneeded, Executor later) {
    unneeded.blobs().forEach(blob -> blobs.remove(Digest.parse(blob)));
    unneeded
        .chains()
        .forEach(chain ->
            layers
                .detach(Digest.parse(chain))
                .ifPresent(gone -> later.execute(() -> layers.discard(gone))));
  }

  /** Bytes of these layers. */
  public static long bytes(Catalog catalog, Set<String> chains) {
    var sizes = new HashMap<String, Long>();
    catalog
        .images()
        .values()
        .forEach(
            image -> image.layers().forEach(layer -> sizes.put(layer.chain(), layer.unpacked())));
    return chains.stream().mapToLong(chain -> sizes.getOrDefault(chain, 0L)).sum();
  }

  /** Any blob that unpacks to this layer and is there. */
  public static List<StoredImage.Layer> packings(Catalog catalog, String chain) {
    return catalog.images().values().stream()
        .flatMap(image -> image.layers().stream())
        .filter(layer -> layer.chain().equals(chain))
        .sorted(Comparator.comparing(StoredImage.Layer::blob))
        .distinct()
        .toList();
  }

  private static String hex(String id) {
    return Digest.parse(id).hex();
  }
}
