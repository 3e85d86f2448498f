package argosy.engine.image.store;

import argosy.engine.disk.Digest;
import argosy.engine.failure.Failure;
import argosy.engine.failure.Refused;
import argosy.engine.image.Image;
import argosy.engine.image.ImageRef;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The images of this host: a value; every change is a new one.
 *
 * @param images by id
 * @param names canonical references, with a tag or with a digest, to the image's id
 * @param users containers to what they hold
 */
public record Catalog(
    Map<String, StoredImage> images, Map<String, String> names, Map<String, Use> users) {
  private static final Pattern ID_PREFIX = Pattern.compile("(?:sha256:)?[0-9a-f]{1,64}");

  public static final Catalog EMPTY = new Catalog(Map.of(), Map.of(), Map.of());

  public Catalog {
    images = Map.copyOf(images);
    names = Map.copyOf(names);
    users = Map.copyOf(users);
  }

  /** A container's hold on an image. */
  public record Use(String image, boolean running) {}

  /** An image by name, id, or the beginning of its id; Docker's order and text. */
  public StoredImage find(String reference) {
    return search(reference).orElseThrow(() -> new Refused(Failure.noSuchImage(shown(reference))));
  }

  /** As {@link #find}, and the id of one that was removed under its container too. */
  public StoredImage findForContainer(String reference) {
    StoredImage exact = images.get(reference);
    return exact == null ? find(reference) : exact;
  }

  /** What a user's reference names, if anything. */
  public Optional<StoredImage> search(String reference) {
    if (Digest.isDigest(reference) || Digest.isDigest("sha256:" + reference)) {
      return visible(reference.startsWith("sha256:") ? reference : "sha256:" + reference);
    }
    return byName(ImageRef.parse(reference)).or(() -> byPrefix(reference));
  }

  private Optional<StoredImage> byName(ImageRef reference) {
    var exact =
        reference.digest() == null ? reference.tagged() : reference.withDigest(reference.digest());
    return Optional.ofNullable(names.get(exact.canonical())).flatMap(this::visible);
  }

  private Optional<StoredImage> byPrefix(String reference) {
    if (!ID_PREFIX.matcher(reference).matches()) {
      return Optional.empty();
    }
    var found = visible().filter(image -> names(image.id(), reference)).toList();
    return found.size() == 1 ? Optional.of(found.getFirst()) : Optional.empty();
  }

  /** Whether {@code reference} is an id or the beginning of it. */
  public static boolean names(String id, String reference) {
    return id.startsWith(reference) || id.startsWith("sha256:" + reference);
  }

  private static String shown(String reference) {
    if (Digest.isDigest("sha256:" + reference)) {
      return "sha256:" + reference;
    }
    return Digest.isDigest(reference) ? reference : ImageRef.parse(reference).tagged().familiar();
  }

  private Optional<StoredImage> visible(String id) {
    return Optional.ofNullable(images.get(id)).filter(image -> !image.removed());
  }

  /** All that can be found. */
  public Stream<StoredImage> visible() {
    return images.values().stream().filter(image -> !image.removed());
  }

  /** Every name of an image, in alphabetical order. */
  public List<ImageRef> namesOf(String id) {
    return names.entrySet().stream()
        .filter(name -> name.getValue().equals(id))
        .map(Map.Entry::getKey)
        .sorted()
        .map(ImageRef::parse)
        .toList();
  }

  /** Every tag of a repository, in alphabetical order. */
  public List<ImageRef> tagsOf(ImageRef repository) {
    return names.keySet().stream()
        .sorted()
        .map(ImageRef::parse)
        .filter(name -> name.digest() == null && name.name().equals(repository.name()))
        .toList();
  }

  /** The image with its names, as clients see it. */
  public Image shown(StoredImage stored) {
    var all = namesOf(stored.id());
    return stored
        .image()
        .withNames(
            all.stream().filter(name -> name.digest() == null).map(ImageRef::familiar).toList(),
            all.stream().filter(name -> name.digest() != null).map(ImageRef::familiar).toList());
  }

  /** What came in, under its names; a name that was another's has moved. */
  public Catalog with(Arrival arrival) {
    var more = new HashMap<>(images);
    StoredImage fresh = arrival.image();
    StoredImage before = more.get(arrival.id());
    if (before != null) {
      more.put(arrival.id(), before.withRemoved(false).withParentOf(fresh));
    } else if (fresh != null) {
      more.put(arrival.id(), fresh);
    } else {
      throw new Refused(Failure.noSuchImage(arrival.id()));
    }
    var named = new HashMap<>(names);
    arrival.names().forEach(name -> named.put(name.canonical(), arrival.id()));
    return new Catalog(more, named, users);
  }

  /** With one more name; it is no longer another's. */
  public Catalog withName(ImageRef name, String id) {
    var named = new HashMap<>(names);
    named.put(name.canonical(), id);
    return new Catalog(images, named, users);
  }

  /** A container that holds an image has started or stopped; of others nothing is kept. */
  public Catalog withRunning(String container, boolean running) {
    Use use = users.get(container);
    return use == null ? this : withUse(container, use.image(), running);
  }

  /** With these holds, of images that are there. */
  public Catalog withUsers(Map<String, Use> held) {
    var known = new HashMap<>(held);
    known.values().removeIf(use -> !images.containsKey(use.image()));
    return new Catalog(images, names, known);
  }

  public Catalog withUse(String container, String image, boolean running) {
    var more = new HashMap<>(users);
    more.put(container, new Use(image, running));
    return new Catalog(images, names, more);
  }

  /** Without a container's hold; an image that was only waiting for that goes too. */
  public Catalog withoutUse(String container) {
    var fewer = new HashMap<>(users);
    Use gone = fewer.remove(container);
    var left = new Catalog(images, names, fewer);
    return gone != null && left.usersOf(gone.image()).isEmpty() && left.isRemoved(gone.image())
        ? left.without(gone.image())
        : left;
  }

  private boolean isRemoved(String id) {
    StoredImage image = images.get(id);
    return image != null && image.removed();
  }

  Catalog without(ImageRef name) {
    var fewer = new HashMap<>(names);
    fewer.remove(name.canonical());
    return new Catalog(images, fewer, users);
  }

  /** Gone, or hidden for as long as a container stands on it. */
  Catalog without(String id) {
    var fewer = new HashMap<>(images);
    StoredImage image = fewer.remove(id);
    if (image != null && !usersOf(id).isEmpty()) {
      fewer.put(id, image.withRemoved(true));
    }
    return new Catalog(fewer, names, users);
  }

  /** Containers that hold an image, running ones first. */
  public List<Map.Entry<String, Use>> usersOf(String id) {
    return users.entrySet().stream()
        .filter(user -> user.getValue().image().equals(id))
        .sorted(
            (one, other) -> Boolean.compare(other.getValue().running(), one.getValue().running()))
        .toList();
  }

  /** Chain ids that some image still needs. */
  public Set<String> chains() {
    var used = new HashSet<String>();
    images.values().forEach(image -> used.addAll(image.image().layers()));
    return used;
  }

  /** Digests of blobs that some image still needs. */
  public Set<String> blobs() {
    var used = new HashSet<String>();
    images.values().forEach(image -> used.addAll(blobsOf(image)));
    return used;
  }

  private static Collection<String> blobsOf(StoredImage image) {
    var blobs = new HashSet<String>();
    blobs.add(image.id());
    Optional.ofNullable(image.manifest()).ifPresent(blobs::add);
    image.layers().forEach(layer -> blobs.add(layer.blob()));
    return blobs;
  }
}
