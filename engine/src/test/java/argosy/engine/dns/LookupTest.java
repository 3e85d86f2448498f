package argosy.engine.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;

import argosy.engine.dns.NetworkNames.Named;
import argosy.engine.dns.Scope.Place;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LookupTest {
  private final NameBook book = new NameBook();
  private final Lookup front =
      lookup(new Place("f", "front", Map.of("database", "db", "self", "gone")));
  private final Lookup both =
      lookup(new Place("b", "back", Map.of()), new Place("f", "front", Map.of()));

  private Lookup lookup(Place... places) {
    return new Lookup(new Scope(List.of(places), List.of(), true), book::of);
  }

  @Test
  void a_name_is_known_in_its_own_network_only() {
    book.enter("f", new Named("1", List.of("web", "www", "0123456789ab"), "10.0.0.2"));
    book.enter("b", new Named("2", List.of("db"), "10.1.0.2"));
    assertEquals(List.of("10.0.0.2"), front.addresses("web"));
    assertEquals(List.of("10.0.0.2"), front.addresses("WWW"), "case aside");
    assertEquals(List.of("10.0.0.2"), front.addresses("0123456789ab"));
    assertEquals(List.of(), front.addresses("db"));
    assertEquals(List.of("10.1.0.2"), both.addresses("db"));
    assertEquals(List.of(), lookup().addresses("web"));
  }

  @Test
  void a_name_may_be_followed_by_its_network() {
    book.enter("f", new Named("1", List.of("web", "web.example.com"), "10.0.0.2"));
    book.enter("b", new Named("2", List.of("web"), "10.1.0.2"));
    assertEquals(List.of("10.1.0.2"), both.addresses("web"), "the first network that knows it");
    assertEquals(List.of("10.0.0.2"), both.addresses("web.front"));
    assertEquals(List.of("10.0.0.2"), both.addresses("web.example.com"));
    assertEquals(List.of("10.0.0.2"), both.addresses("web.example.com.front"));
    assertEquals(List.of(), both.addresses("web.other"));
  }

  @Test
  void several_share_a_name_and_each_leaves_by_itself() {
    book.enter("f", new Named("1", List.of("one", "web"), "10.0.0.2"));
    book.enter("f", new Named("2", List.of("two", "web"), "10.0.0.3"));
    assertEquals(List.of("10.0.0.2", "10.0.0.3"), front.addresses("web"));
    book.leave("f", "1");
    assertEquals(List.of("10.0.0.3"), front.addresses("web"));
    book.enter("f", new Named("2", List.of("three", "web"), "10.0.0.3"));
    assertEquals(List.of("10.0.0.3"), front.addresses("three"), "renamed");
    assertEquals(List.of(), front.addresses("two"));
    book.leave("f", "2");
    book.leave("f", "2");
    assertEquals(List.of(), front.addresses("web"));
  }

  @Test
  void a_link_is_a_name_of_ones_own() {
    book.enter("f", new Named("1", List.of("db"), "10.0.0.2"));
    book.enter("f", new Named("2", List.of("self"), "10.0.0.3"));
    assertEquals(List.of("10.0.0.2"), front.addresses("database"));
    assertEquals(List.of(), both.addresses("database"));
    assertEquals(List.of("10.0.0.3"), front.addresses("self"), "its target is not there");
  }

  @Test
  void an_address_has_a_name_where_it_is_seen() {
    book.enter("f", new Named("1", List.of("web", "www"), "10.0.0.2"));
    assertEquals(Optional.of("web.front"), front.name("10.0.0.2"));
    assertEquals(Optional.empty(), front.name("10.0.0.3"));
    assertEquals(Optional.empty(), lookup().name("10.0.0.2"));
  }
}
