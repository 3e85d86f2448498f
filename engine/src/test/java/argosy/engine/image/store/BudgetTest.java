package argosy.engine.image.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BudgetTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant NOW = START.plus(Duration.ofDays(10));
  private static final String A = Stock.id(0xa);
  private static final String B = Stock.id(0xb);
  private static final String C = Stock.id(0xc);
  private static final String ONE = Stock.id(1);
  private static final String TWO = Stock.id(2);
  private static final String THREE = Stock.id(3);

  /** Three images of a layer each, the first the oldest. */
  private final Catalog three = three();

  private static Catalog three() {
    var one = Stock.with(Catalog.EMPTY, image(A, 1, ONE), "a:1");
    return Stock.with(Stock.with(one, image(B, 2, TWO), "b:1"), image(C, 3, THREE), "c:1");
  }

  private static StoredImage image(String id, int day, String... chains) {
    return Stock.image(id, null, START.plus(Duration.ofDays(day)), List.of(chains));
  }

  private static List<String> overdue(long bytes, Catalog catalog, LastUse uses) {
    return overdue(bytes, catalog, uses, Set.of());
  }

  private static List<String> overdue(long bytes, Catalog catalog, LastUse uses, Set<String> held) {
    return new Budget(bytes, Duration.ofMinutes(10))
        .overdue(catalog, uses, held, NOW).stream().map(StoredImage::id).toList();
  }

  @Test
  void counts_each_layer_and_each_blob_once() {
    assertEquals(330, Budget.taken(three));
    assertEquals(330, Budget.taken(Stock.with(three, image(Stock.id(9), 4, ONE, TWO))));
    assertEquals(0, Budget.taken(Catalog.EMPTY));
  }

  @Test
  void without_a_budget_or_within_it_nothing_goes() {
    assertEquals(List.of(), overdue(0, three, LastUse.NONE));
    assertEquals(List.of(), overdue(330, three, LastUse.NONE));
  }

  @Test
  void the_one_unused_for_longest_goes_first_and_no_more_than_needed() {
    assertEquals(List.of(A), overdue(329, three, LastUse.NONE));
    assertEquals(List.of(A, B), overdue(219, three, LastUse.NONE));
    var used = LastUse.NONE.with(A, START.plus(Duration.ofDays(8)));
    assertEquals(List.of(B), overdue(329, three, used));
    assertEquals(List.of(B, C), overdue(219, three, used));
  }

  @Test
  void what_is_in_use_stays() {
    assertEquals(List.of(B), overdue(329, three.withUse("stopped", A, false), LastUse.NONE));
    assertEquals(List.of(B), overdue(329, three.withUse("running", A, true), LastUse.NONE));
    assertEquals(List.of(B), overdue(329, three, LastUse.NONE, Set.of(A)));
    assertEquals(List.of(B), overdue(329, three, LastUse.NONE, Set.of(ONE)));
    assertEquals(List.of(B, C), overdue(1, three, LastUse.NONE, Set.of(ONE)));
  }

  @Test
  void what_was_used_just_now_stays_even_over_the_budget() {
    var justNow = NOW.minus(Duration.ofMinutes(9));
    var uses = LastUse.NONE.with(A, justNow).with(B, justNow).with(C, justNow);
    assertEquals(List.of(), overdue(1, three, uses));
    var pulled = Stock.with(Catalog.EMPTY, Stock.image(A, null, justNow, List.of(ONE)), "a:1");
    assertEquals(List.of(), overdue(1, pulled, LastUse.NONE));
  }

  @Test
  void nothing_goes_whose_layers_others_need_anyway() {
    var base = Stock.with(Catalog.EMPTY, image(A, 1, ONE), "base:1");
    var child = Stock.with(base, image(B, 2, ONE, TWO), "child:1").withUse("c", B, true);
    assertEquals(List.of(), overdue(1, child, LastUse.NONE));
    var more = Stock.with(child, image(C, 3, THREE), "c:1");
    assertEquals(List.of(C), overdue(1, more, LastUse.NONE));
  }

  @Test
  void twins_go_together() {
    var twins = Stock.with(Stock.with(Catalog.EMPTY, image(A, 1, ONE)), image(B, 2, ONE));
    assertEquals(List.of(A, B), overdue(1, twins, LastUse.NONE));
  }

  @Test
  void a_parent_goes_after_its_child() {
    var parent = Stock.with(Catalog.EMPTY, image(A, 1, ONE), "a:1");
    var day2 = START.plus(Duration.ofDays(2));
    var both = Stock.with(parent, Stock.image(B, A, day2, List.of(ONE, TWO)), "b:1");
    assertEquals(List.of(B, A), overdue(1, both, LastUse.NONE));
    assertEquals(List.of(B), overdue(110, both, LastUse.NONE));
    var plan = Removal.planAll(both, List.of(both.find("a:1"), both.find("b:1")));
    assertEquals(Set.of(), plan.after().images().keySet());
  }

  @Test
  void a_budget_is_not_negative() {
    assertThrows(IllegalArgumentException.class, () -> new Budget(-1, Duration.ZERO));
  }
}
