package argosy.engine.image.store;

import argosy.engine.failure.Failure;
import argosy.engine.failure.Refused;
import argosy.engine.image.ImageRef;
import argosy.engine.image.ImageRequest.Removed.Step;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What {@code rmi} takes away: a name, or the image with its layers, or nothing but a sentence why
 * (Docker's rules, as {@code docker rmi} and its texts show them). Images it leaves without name
 * and child are taken too unless they shall stay.
 */
public final class Removal {
  private Catalog catalog;
  private final boolean force;
  private final boolean prune;
  private final List<Step> steps = new ArrayList<>();
  private final List<Happened> happened = new ArrayList<>();

  private Removal(Catalog catalog, boolean force, boolean prune) {
    this.catalog = catalog;
    this.force = force;
    this.prune = prune;
  }

  /** Something to tell the journal: {@code untag} or {@code delete} of an image. */
  public record Happened(String action, StoredImage image) {}

  /** The catalog afterwards, what to answer and what to tell. */
  public record Plan(Catalog after, List<Step> steps, List<Happened> happened) {
    public Plan {
      steps = List.copyOf(steps);
      happened = List.copyOf(happened);
    }
  }

  /** Plans the removal of what a user named; refused with Docker's conflict texts. */
  public static Plan plan(Catalog catalog, String reference, boolean force, boolean prune) {
    var removal = new Removal(catalog, force, prune);
    StoredImage image = catalog.find(reference);
    if (Catalog.names(image.id(), reference)) {
      removal.byId(image);
    } else {
      removal.byName(image, reference);
    }
    return new Plan(removal.catalog, removal.steps, removal.happened);
  }

  private void byName(StoredImage image, String reference) {
    var users = catalog.usersOf(image.id());
    if (!force && oneReference(catalog.namesOf(image.id())) && !users.isEmpty()) {
      throw conflict(
          "conflict: unable to remove repository reference \"%s\" (must force) - container %s is using its referenced image %s"
              .formatted(reference, shorten(users.getFirst().getKey()), shorten(image.id())));
    }
    var given = ImageRef.parse(reference);
    var name = given.digest() == null ? given.tagged() : given.withDigest(given.digest());
    untag(image, name);
    if (name.digest() == null) {
      untagLonelyDigests(image, name.name());
    }
    if (catalog.namesOf(image.id()).isEmpty()) {
      delete(image, true);
    }
  }

  /** Digests of a repository say nothing once its last tag is gone. */
  private void untagLonelyDigests(StoredImage image, String repository) {
    var left =
        catalog.namesOf(image.id()).stream()
            .filter(name -> name.name().equals(repository))
            .toList();
    if (left.stream().allMatch(name -> name.digest() != null)) {
      left.forEach(this::forget);
    }
  }

  private void byId(StoredImage image) {
    var names = catalog.namesOf(image.id());
    if (oneReference(names)) {
      refuse(image, false).ifPresent(Removal::raise);
      names.forEach(name -> untag(image, name));
    }
    delete(image, false);
  }

  /** At most one tag, and all names in one repository. */
  static boolean oneReference(List<ImageRef> names) {
    return names.stream().filter(name -> name.digest() == null).count() <= 1
        && names.stream().map(ImageRef::name).distinct().count() <= 1;
  }

  /** Docker's journal does not tell of these. */
  private void forget(ImageRef name) {
    catalog = catalog.without(name);
    steps.add(new Step(name.familiar(), ""));
  }

  private void untag(StoredImage image, ImageRef name) {
    forget(name);
    happened.add(new Happened("untag", image));
  }

  /** {@code quiet}: a name was taken already, so an image that must stay is no failure. */
  private void delete(StoredImage image, boolean quiet) {
    var conflict = refuse(image, true);
    if (conflict.isPresent()) {
      if (!quiet) {
        raise(conflict.get());
      }
      return;
    }
    catalog.namesOf(image.id()).forEach(name -> untag(image, name));
    Set<String> before = catalog.chains();
    catalog = catalog.without(image.id());
    steps.add(new Step("", image.id()));
    happened.add(new Happened("delete", image));
    var after = catalog.chains();
    for (String chain : image.image().layers().reversed()) {
      if (before.contains(chain) && !after.contains(chain)) {
        steps.add(new Step("", chain));
      }
    }
    deleteNamelessParent(image);
  }

  private void deleteNamelessParent(StoredImage image) {
    String parent = image.image().parent();
    if (prune && parent != null) {
      catalog
          .visible()
          .filter(other -> other.id().equals(parent))
          .filter(other -> catalog.namesOf(other.id()).isEmpty())
          .findFirst()
          .ifPresent(other -> delete(other, true));
    }
  }

  private Optional<String> refuse(StoredImage image, boolean names) {
    String id = shorten(image.id());
    boolean child = catalog.visible().anyMatch(other -> image.id().equals(other.image().parent()));
    if (child) {
      return Optional.of(
          "conflict: unable to delete "
              + id
              + " (cannot be forced) - image has dependent child images");
    }
    var users = catalog.usersOf(image.id());
    if (!users.isEmpty() && users.getFirst().getValue().running()) {
      return Optional.of(
          "conflict: unable to delete %s (cannot be forced) - image is being used by running container %s"
              .formatted(id, shorten(users.getFirst().getKey())));
    }
    if (!force && names && !catalog.namesOf(image.id()).isEmpty()) {
      return Optional.of(
          "conflict: unable to delete "
              + id
              + " (must be forced) - image is referenced in multiple repositories");
    }
    if (!force && !users.isEmpty()) {
      return Optional.of(
          "conflict: unable to delete %s (must be forced) - image is being used by stopped container %s"
              .formatted(id, shorten(users.getFirst().getKey())));
    }
    return Optional.empty();
  }

  private static void raise(String sentence) {
    throw conflict(sentence);
  }

  private static Refused conflict(String sentence) {
    return new Refused(new Failure.Conflict(sentence));
  }

  private static String shorten(String id) {
    String hex = id.startsWith("sha256:") ? id.substring("sha256:".length()) : id;
    return hex.length() > 12 ? hex.substring(0, 12) : hex;
  }

  /**
   * Plans the removal of several images, children before their parents; what must stay stays, with
   * its names.
   */
  public static Plan planAll(Catalog catalog, List<StoredImage> doomed) {
    var after = catalog;
    var steps = new ArrayList<Step>();
    var happened = new ArrayList<Happened>();
    var waiting = new ArrayList<>(doomed);
    boolean goesOn = true;
    while (goesOn) {
      goesOn = false;
      for (StoredImage image : List.copyOf(waiting)) {
        var removal = new Removal(after, false, true);
        if (!after.images().containsKey(image.id())) {
          waiting.remove(image);
        } else if (removal.refuse(image, false).isEmpty()) {
          after.namesOf(image.id()).forEach(name -> removal.untag(image, name));
          removal.delete(image, true);
          after = removal.catalog;
          steps.addAll(removal.steps);
          happened.addAll(removal.happened);
          goesOn = waiting.remove(image);
        }
      }
    }
    return new Plan(after, steps, happened);
  }

  /** Chain ids that only the first of the two needs. */
  static Set<String> dropped(Set<String> before, Set<String> after) {
    var dropped = new HashSet<>(before);
    dropped.removeAll(after);
    return dropped.stream().collect(Collectors.toUnmodifiableSet());
  }
}
