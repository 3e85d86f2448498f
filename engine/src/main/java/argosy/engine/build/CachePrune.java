package argosy.engine.build;

import argosy.engine.failure.Failure;
import argosy.engine.failure.Refused;
import argosy.engine.protocol.PointInTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Which build caches {@code docker builder prune} takes. Pure.
 *
 * @param filters Docker's names to the accepted values
 * @param room how much may stay
 */
public record CachePrune(Map<String, List<String>> filters, Room room) {
  private static final Set<String> KNOWN =
      Set.of(
          "until",
          "unused-for",
          "id",
          "parent",
          "type",
          "description",
          "inuse",
          "shared",
          "private");

  /**
   * Refuses what Docker refuses, in its words.
   *
   * @throws Refused for a filter that is not known or has several values
   */
  public CachePrune {
    filters = Map.copyOf(filters);
    for (var filter : filters.entrySet()) {
      if (!KNOWN.contains(filter.getKey())) {
        throw refused("invalid filter '" + filter.getKey() + "'");
      }
      if (filter.getValue().size() > 1) {
        throw refused("filters expect only one value");
      }
    }
  }

  /**
   * Bytes; 0 is not said. Without any of the three nothing stays.
   *
   * @param reserved so much of the caches is not taken
   * @param most no more than this stays
   * @param free so much of the disk shall be free afterwards
   */
  public record Room(long reserved, long most, long free) {
    public static final Room NONE = new Room(0, 0, 0);

    /** How many bytes of caches stay. */
    long kept(long total, long freeNow) {
      if (equals(NONE)) {
        return 0;
      }
      long kept = most > 0 ? most : free > 0 ? total : 0;
      long lacking = free - freeNow;
      if (free > 0 && lacking > 0) {
        kept = Math.min(kept, total - lacking);
      }
      return Math.max(kept, reserved);
    }
  }

  private static Refused refused(String sentence) {
    return new Refused(new Failure.Invalid("failed to prune build cache: " + sentence));
  }

  /**
   * Those that go: never one in use, the one that was unused for longest first.
   *
   * @param free bytes of the disk that are free now
   */
  List<BuildCache> chosen(List<BuildCache> all, long free, Instant now) {
    long left = all.stream().mapToLong(BuildCache::bytes).sum();
    long kept = room.kept(left, free);
    var fitting = fitting(now);
    var gone = new ArrayList<BuildCache>();
    for (BuildCache cache :
        all.stream().sorted(Comparator.comparing(BuildCache::lastUsed)).toList()) {
      if (!cache.inUse() && fitting.test(cache) && (kept == 0 || left > kept)) {
        gone.add(cache);
        left -= cache.bytes();
      }
    }
    return gone;
  }

  private Predicate<BuildCache> fitting(Instant now) {
    return Stream.of(
            one("until").or(() -> one("unused-for")).map(text -> before(text, now)),
            one("id").map(text -> with(cache -> cache.id().contains(text))),
            one("type").map(text -> with(_ -> text.equals(BuildCache.TYPE))),
            one("description").map(text -> with(_ -> text.equals(BuildCache.DESCRIPTION))),
            one("inuse").map(text -> with(cache -> cache.inUse() == flag(text))),
            // none has a parent, and none is shared with an image
            one("parent").map(_ -> with(_ -> false)),
            one("shared").map(text -> with(_ -> !flag(text))),
            one("private").map(text -> with(_ -> flag(text))))
        .flatMap(Optional::stream)
        .reduce(_ -> true, Predicate::and);
  }

  private static Predicate<BuildCache> before(String text, Instant now) {
    Instant time = PointInTime.parse(text, now);
    return cache -> cache.lastUsed().isBefore(time);
  }

  private static Predicate<BuildCache> with(Predicate<BuildCache> rule) {
    return rule;
  }

  private Optional<String> one(String filter) {
    return filters.getOrDefault(filter, List.of()).stream().findFirst();
  }

  private static boolean flag(String text) {
    return switch (text) {
      case "true", "1" -> true;
      case "false", "0" -> false;
      default -> throw refused("\"" + text + "\" is neither true nor false");
    };
  }
}
