package argosy.engine.image.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import argosy.engine.failure.Refused;
import argosy.engine.image.ImageRef;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever happens to images in whatever order: no layer is lost that somebody needs, and none is
 * left that nobody needs.
 */
class ReferenceCountTest {
  private static final int STEPS = 400;
  private static final int CHAINS = 12;
  private static final int IMAGES = 20;

  private final Set<String> disk = new HashSet<>();
  private Catalog catalog = Catalog.EMPTY;
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private LastUse uses = LastUse.NONE;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34, 55, 89})
  void after_every_step_the_disk_holds_what_is_needed_and_no_more(long seed) {
    var chance = new Random(seed);
    for (int step = 0; step < STEPS; step++) {
      now = now.plus(Duration.ofMinutes(1));
      try {
        step(chance);
      } catch (Refused refused) {
        String why = refused.failure().message();
        assertTrue(why.contains("conflict") || why.contains("No such image"), why);
      }
      check();
    }
    for (String container : catalog.users().keySet()) {
      become(catalog.withoutUse(container));
    }
    become(
        Removal.planAll(
                catalog, Listing.prunable(catalog, Map.of("dangling", List.of("false")), now))
            .after());
    assertEquals(Map.of(), catalog.images());
    assertEquals(Set.of(), disk);
  }

  private void step(Random chance) {
    switch (chance.nextInt(9)) {
      case 0, 1, 2 -> load(chance);
      case 3 -> become(catalog.withName(name(chance), some(chance).id()));
      case 4 ->
          become(
              Removal.plan(catalog, reference(chance), chance.nextBoolean(), chance.nextBoolean())
                  .after());
      case 5 -> {
        var image = some(chance);
        uses = uses.with(image.id(), now);
        String container = "c" + chance.nextInt(5);
        if (!catalog.users().containsKey(container)) {
          become(catalog.withUse(container, image.id(), chance.nextBoolean()));
        }
      }
      case 6 -> become(catalog.withoutUse("c" + chance.nextInt(5)));
      case 7 -> {
        var filters = Map.of("dangling", List.of(Boolean.toString(chance.nextInt(8) > 0)));
        become(Removal.planAll(catalog, Listing.prunable(catalog, filters, now)).after());
      }
      default -> {
        var budget = new Budget(1 + chance.nextInt(2000), Duration.ofMinutes(5));
        var doomed = budget.overdue(catalog, uses, Set.of(), now);
        var after = Removal.planAll(catalog, doomed).after();
        assertTrue(doomed.stream().noneMatch(image -> after.images().containsKey(image.id())));
        become(after);
      }
    }
  }

  /** An image on some others' layers, or on a parent that is there. */
  private void load(Random chance) {
    int number = chance.nextInt(IMAGES);
    var shape = new Random(number);
    var chains = new ArrayList<String>();
    int depth = 1 + shape.nextInt(4);
    for (int i = 0; i < depth; i++) {
      chains.add(Stock.id(1 + shape.nextInt(CHAINS)));
    }
    String id = Stock.id(0x1000 + number);
    var image = Stock.image(id, parent(number, chance), now, List.copyOf(new HashSet<>(chains)));
    disk.addAll(image.image().layers());
    var names = chance.nextInt(4) == 0 ? List.<ImageRef>of() : List.of(name(chance));
    become(catalog.with(new Arrival(id, image, names, "load", id)));
  }

  /** Only of a lower number, so that nobody is his own ancestor. */
  private @Nullable String parent(int number, Random chance) {
    return chance.nextBoolean() || number == 0
        ? null
        : catalog
            .visible()
            .map(StoredImage::id)
            .filter(id -> id.compareTo(Stock.id(0x1000 + number)) < 0)
            .sorted()
            .findFirst()
            .orElse(null);
  }

  private StoredImage some(Random chance) {
    var all = catalog.visible().map(StoredImage::id).sorted().toList();
    return catalog.find(all.isEmpty() ? "none" : all.get(chance.nextInt(all.size())));
  }

  private static ImageRef name(Random chance) {
    return ImageRef.parse("name" + chance.nextInt(4) + ":" + chance.nextInt(3));
  }

  private String reference(Random chance) {
    return chance.nextBoolean() ? name(chance).familiar() : some(chance).id();
  }

  private void become(Catalog after) {
    var unneeded = ImageStore.unneeded(catalog, after, Set.of());
    disk.removeAll(unneeded.chains());
    catalog = after;
  }

  private void check() {
    assertEquals(catalog.chains(), disk);
    catalog
        .users()
        .forEach((container, use) -> {
          assertTrue(catalog.images().containsKey(use.image()), "the image of " + container);
        });
    catalog
        .names()
        .forEach((name, id) -> {
          assertEquals(id, catalog.find(name).id(), name);
        });
  }
}
