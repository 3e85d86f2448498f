package argosy.engine.image.store;

import argosy.engine.failure.Failure;
import argosy.engine.failure.Refused;
import argosy.engine.image.Image;
import argosy.engine.protocol.PointInTime;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Which images {@code docker images} shows and which {@code docker image prune} takes. */
public final class Listing {
  private static final Set<String> LIST =
      Set.of("before", "dangling", "label", "label!", "reference", "since", "until");
  private static final Set<String> PRUNE = Set.of("dangling", "label", "label!", "until");

  private final Catalog catalog;
  private final Map<String, List<String>> filters;
  private final Instant now;

  private Listing(
      Catalog catalog, Map<String, List<String>> filters, Set<String> known, Instant now) {
    this.catalog = catalog;
    this.filters = filters;
    this.now = now;
    for (String name : filters.keySet()) {
      if (!known.contains(name)) {
        throw new Refused(new Failure.Invalid("invalid filter '" + name + "'"));
      }
    }
  }

  /** Youngest first. {@code all}: intermediate images of a build too. */
  public static List<Image> list(
      Catalog catalog, boolean all, Map<String, List<String>> filters, Instant now) {
    var listing = new Listing(catalog, filters, LIST, now);
    Boolean dangling = listing.wanted("dangling", null);
    boolean between = all && !Boolean.TRUE.equals(dangling);
    return listing
        .matching(dangling)
        .filter(image -> between || !listing.intermediate(image))
        .map(catalog::shown)
        .flatMap(image -> listing.named(image).stream())
        .sorted(
            Comparator.comparing(
                    (Image image) -> Optional.ofNullable(image.created()).orElse(Instant.EPOCH))
                .reversed()
                .thenComparing(Image::id))
        .toList();
  }

  /** Those that nothing holds; without a filter only nameless ones. */
  public static List<StoredImage> prunable(
      Catalog catalog, Map<String, List<String>> filters, Instant now) {
    var listing = new Listing(catalog, filters, PRUNE, now);
    if (filters.getOrDefault("until", List.of()).size() > 1) {
      throw new Refused(new Failure.Invalid("more than one until filter specified"));
    }
    boolean nameless = Boolean.TRUE.equals(listing.wanted("dangling", true));
    return listing
        .matching(nameless ? true : null)
        .filter(image -> !listing.intermediate(image))
        .filter(image -> catalog.usersOf(image.id()).isEmpty())
        .toList();
  }

  private Stream<StoredImage> matching(@Nullable Boolean dangling) {
    return catalog
        .visible()
        .filter(image ->
            dangling == null
                || (dangling ? untagged(image) : !catalog.namesOf(image.id()).isEmpty()))
        .filter(all("label", value -> image -> labelled(image, value)))
        .filter(all("label!", value -> image -> !labelled(image, value)))
        .filter(all("until", value -> before(PointInTime.parse(value, now))))
        .filter(all("before", value -> beside(catalog.find(value), Listing::before)))
        .filter(all("since", value -> beside(catalog.find(value), Listing::since)));
  }

  private Predicate<StoredImage> all(String filter, Function<String, Predicate<StoredImage>> rule) {
    return filters.getOrDefault(filter, List.of()).stream()
        .map(rule)
        .reduce(_ -> true, Predicate::and);
  }

  private @Nullable Boolean wanted(String filter, @Nullable Boolean otherwise) {
    List<String> values = filters.getOrDefault(filter, List.of());
    if (values.isEmpty()) {
      return otherwise;
    }
    return switch (values.getFirst()) {
      case "true", "1" -> true;
      case "false", "0" -> false;
      default ->
          throw new Refused(new Failure.Invalid("invalid filter '" + filter + "=" + values + "'"));
    };
  }

  /** One that was pulled by its digest is dangling and not dangling, as in Docker. */
  private boolean untagged(StoredImage image) {
    return catalog.namesOf(image.id()).stream().allMatch(name -> name.digest() != null);
  }

  private boolean intermediate(StoredImage image) {
    return catalog.namesOf(image.id()).isEmpty()
        && catalog.visible().anyMatch(other -> image.id().equals(other.image().parent()));
  }

  private static boolean labelled(StoredImage image, String wanted) {
    int equals = wanted.indexOf('=');
    String name = equals < 0 ? wanted : wanted.substring(0, equals);
    String value = image.image().config().labels().get(name);
    return value != null && (equals < 0 || value.equals(wanted.substring(equals + 1)));
  }

  private static Predicate<StoredImage> before(Instant time) {
    return image -> created(image).filter(it -> it.isBefore(time)).isPresent();
  }

  private static Predicate<StoredImage> since(Instant time) {
    return image -> created(image).filter(it -> it.isAfter(time)).isPresent();
  }

  private static Optional<Instant> created(StoredImage image) {
    return Optional.ofNullable(image.image().created());
  }

  /** An image that does not say its age excludes nothing. */
  private static Predicate<StoredImage> beside(
      StoredImage other, Function<Instant, Predicate<StoredImage>> rule) {
    return created(other).map(rule).orElse(_ -> true);
  }

  /** Under a reference filter only the names that match are shown, and no image without one. */
  private Optional<Image> named(Image image) {
    List<String> patterns = filters.getOrDefault("reference", List.of());
    if (patterns.isEmpty()) {
      return Optional.of(image);
    }
    var globs = patterns.stream().map(NamePattern::parse).toList();
    Predicate<String> matches = name -> globs.stream().anyMatch(glob -> glob.matches(name));
    var tags = image.tags().stream().filter(matches).toList();
    var digests = image.digests().stream().filter(matches).toList();
    return tags.isEmpty() && digests.isEmpty()
        ? Optional.empty()
        : Optional.of(image.withNames(tags, digests));
  }
}
