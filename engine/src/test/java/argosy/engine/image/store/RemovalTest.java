package argosy.engine.image.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import argosy.engine.failure.Refused;
import argosy.engine.image.Image;
import argosy.engine.image.ImageConfig;
import argosy.engine.image.ImageRef;
import argosy.engine.image.ImageRequest.Removed.Step;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RemovalTest {
  private static final String A = "sha256:" + "a".repeat(64);
  private static final String B = "sha256:" + "b".repeat(64);
  private static final String SHARED = "sha256:" + "1".repeat(64);
  private static final String OWN = "sha256:" + "2".repeat(64);

  private final Catalog one = with(Catalog.EMPTY, A, List.of(SHARED), "app:1");

  @Test
  void a_last_name_takes_the_image_with_it() {
    var plan = Removal.plan(one, "app:1", false, true);
    assertEquals(
        List.of(new Step("app:1", ""), new Step("", A), new Step("", SHARED)), plan.steps());
    assertTrue(plan.after().images().isEmpty());
    assertEquals(
        List.of("untag", "delete"), plan.happened().stream().map(it -> it.action()).toList());
  }

  @Test
  void one_of_two_names_only_unnames() {
    var plan = Removal.plan(one.withName(ImageRef.parse("app:2"), A), "app:1", false, true);
    assertEquals(List.of(new Step("app:1", "")), plan.steps());
    assertEquals(Set.of(A), plan.after().images().keySet());
  }

  @Test
  void the_last_tag_takes_the_digests_of_its_repository() {
    var named = one.withName(ImageRef.parse("app@" + OWN), A);
    assertEquals(
        List.of(
            new Step("app:1", ""),
            new Step("app@" + OWN, ""),
            new Step("", A),
            new Step("", SHARED)),
        Removal.plan(named, "app:1", false, true).steps());
  }

  @Test
  void layers_another_image_needs_stay() {
    var two = with(one, B, List.of(SHARED, OWN), "b:1");
    assertEquals(
        List.of(new Step("b:1", ""), new Step("", B), new Step("", OWN)),
        Removal.plan(two, "b:1", false, true).steps());
  }

  @Test
  void an_id_with_several_names_needs_force() {
    var two = one.withName(ImageRef.parse("other:1"), A);
    assertEquals(
        "conflict: unable to delete aaaaaaaaaaaa (must be forced) - image is referenced in multiple repositories",
        refused(two, "aaaa", false));
    assertTrue(Removal.plan(two, "aaaa", true, true).after().images().isEmpty());
  }

  @Test
  void what_a_container_uses_stays_as_docker_has_it() {
    var stopped = one.withUse("c".repeat(64), A, false);
    assertEquals(
        "conflict: unable to remove repository reference \"app:1\" (must force) - container cccccccccccc is using its referenced image aaaaaaaaaaaa",
        refused(stopped, "app:1", false));
    assertEquals(
        "conflict: unable to delete aaaaaaaaaaaa (must be forced) - image is being used by stopped container cccccccccccc",
        refused(stopped, A, false));
    var running = stopped.withRunning("c".repeat(64), true);
    assertEquals(
        "conflict: unable to delete aaaaaaaaaaaa (cannot be forced) - image is being used by running container cccccccccccc",
        refused(running, A, true));
    var unnamed = Removal.plan(running, "app:1", true, true);
    assertEquals(List.of(new Step("app:1", "")), unnamed.steps());
    assertFalse(Objects.requireNonNull(unnamed.after().images().get(A)).removed());
  }

  @Test
  void by_force_under_a_stopped_container_it_is_hidden_until_that_is_gone() {
    var held = one.withUse("c1", A, false);
    var plan = Removal.plan(held, A, true, true);
    assertEquals(List.of(new Step("app:1", ""), new Step("", A)), plan.steps());
    assertThrows(Refused.class, () -> plan.after().find(A));
    assertEquals(A, plan.after().findForContainer(A).id());
    assertEquals(Set.of(SHARED), plan.after().chains());
    assertTrue(plan.after().withoutUse("c1").images().isEmpty());
  }

  @Test
  void prune_takes_the_nameless_or_all_that_is_unused() {
    var two = with(one, B, List.of(SHARED, OWN));
    var nameless = Listing.prunable(two, Map.of(), Instant.EPOCH);
    assertEquals(List.of(B), nameless.stream().map(StoredImage::id).toList());
    assertEquals(
        List.of(new Step("", B), new Step("", OWN)), Removal.planAll(two, nameless).steps());
    var all = Listing.prunable(two, Map.of("dangling", List.of("false")), Instant.EPOCH);
    assertTrue(Removal.planAll(two, all).after().images().isEmpty());
    assertTrue(
        Listing.prunable(
                two.withUse("c", A, false).withUse("d", B, false),
                Map.of("dangling", List.of("false")),
                Instant.EPOCH)
            .isEmpty());
  }

  @Test
  void lists_by_filter() {
    var two = with(one, B, List.of(OWN), "example.org/team/b:1");
    assertEquals(2, list(two, Map.of()));
    assertEquals(1, list(two, Map.of("reference", List.of("app"))));
    assertEquals(1, list(two, Map.of("reference", List.of("example.org/*/b"))));
    assertEquals(0, list(two, Map.of("reference", List.of("*/b"))));
    assertEquals(2, list(two, Map.of("reference", List.of("[^c]*", "*/*/[a-b]"))));
    assertEquals(1, list(two, Map.of("reference", List.of("a??:1"))));
    assertEquals(
        "syntax error in pattern",
        assertThrows(Refused.class, () -> list(two, Map.of("reference", List.of("a["))))
            .getMessage());
    assertEquals(0, list(two, Map.of("dangling", List.of("true"))));
    assertEquals(2, list(two, Map.of("dangling", List.of("false"))));
    var digested = with(Catalog.EMPTY, A, List.of(OWN), "app@" + SHARED);
    assertEquals(1, list(digested, Map.of("dangling", List.of("true"))));
    assertEquals(1, list(digested, Map.of("dangling", List.of("false"))));
    assertEquals(2, list(two, Map.of("label", List.of("k=v"))));
    assertEquals(0, list(two, Map.of("label!", List.of("k"))));
    assertEquals(2, list(two, Map.of("until", List.of("1m"))));
    var refused = assertThrows(Refused.class, () -> list(two, Map.of("nope", List.of("x"))));
    assertEquals("invalid filter 'nope'", refused.getMessage());
  }

  private static int list(Catalog catalog, Map<String, List<String>> filters) {
    return Listing.list(catalog, false, filters, Instant.parse("2026-01-01T00:00:00Z")).size();
  }

  private static String refused(Catalog catalog, String reference, boolean force) {
    return assertThrows(Refused.class, () -> Removal.plan(catalog, reference, force, true))
        .failure()
        .message();
  }

  private static Catalog with(Catalog catalog, String id, List<String> chains, String... names) {
    var image =
        new Image(
            id,
            List.of(),
            List.of(),
            chains,
            chains,
            labelled(),
            Instant.EPOCH,
            "",
            "amd64",
            "linux",
            null,
            "",
            null,
            0,
            List.of());
    var layers =
        chains.stream().map(chain -> new StoredImage.Layer(chain, "", 1, chain, 1)).toList();
    return catalog.with(
        new Arrival(
            id,
            new StoredImage(image, null, layers, Instant.EPOCH, false),
            List.of(names).stream().map(ImageRef::parse).toList(),
            "load",
            id));
  }

  private static ImageConfig labelled() {
    var empty = ImageConfig.EMPTY;
    return new ImageConfig(
        "",
        empty.exposedPorts(),
        List.of(),
        null,
        null,
        Set.of(),
        "",
        Map.of("k", "v"),
        null,
        List.of(),
        List.of(),
        null);
  }
}
