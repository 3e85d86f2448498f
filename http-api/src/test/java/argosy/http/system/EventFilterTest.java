package argosy.http.system;

import static org.junit.jupiter.api.Assertions.assertEquals;

import argosy.engine.event.Event;
import argosy.http.Golden;
import argosy.http.version.ApiVersion;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventFilterTest {
  private static final Event START =
      new Event(
          "container",
          "start",
          "f996579350d3",
          Map.of("name", "web", "image", "h:5000/nginx:1.25", "tier", "front"),
          Instant.ofEpochSecond(1_795_283_299, 605_411_437));

  @ParameterizedTest
  @CsvSource({
    "type,container,true",
    "type,image,false",
    "event,start,true",
    "event,sta,false",
    "container,f9965,true",
    "container,web,true",
    "container,we,true",
    "container,eb,false",
    "image,h:5000/nginx:1.25,true",
    "image,h:5000/nginx,true",
    "image,nginx,false",
    "label,tier,true",
    "label,tier=front,true",
    "label,tier=back,false",
    "label,absent,false",
    "scope,local,true",
    "scope,swarm,false",
    "node,n1,true",
    "node,n2,false",
    "volume,data,false"
  })
  void one_filter(String name, String value, boolean wanted) {
    assertEquals(wanted, new EventFilter(Map.of(name, List.of(value)), "n1").wants(START));
  }

  @Test
  void of_one_name_any_of_different_names_all() {
    assertEquals(true, new EventFilter(Map.of("event", List.of("die", "start")), "").wants(START));
    assertEquals(
        false,
        new EventFilter(Map.of("event", List.of("start"), "type", List.of("image")), "")
            .wants(START));
  }

  @Test
  void an_action_with_a_detail_matches_by_its_first_word() {
    var exec = new Event("container", "exec_start: sh -c true", "f9", Map.of(), Instant.EPOCH);
    assertEquals(true, new EventFilter(Map.of("event", List.of("exec_start")), "").wants(exec));
  }

  @Test
  void a_line_repeats_itself_for_old_clients() {
    Golden.same(
        """
        {"status": "start", "id": "f996579350d3", "from": "h:5000/nginx:1.25",
         "Type": "container", "Action": "start",
         "Actor": {"ID": "f996579350d3", "Attributes":
           {"image": "h:5000/nginx:1.25", "name": "web", "tier": "front"}},
         "scope": "local", "time": 1795283299, "timeNano": 1795283299605411437}
        """,
        EventRoutes.line(START));
    Golden.same(
        """
        {"Type": "network", "Action": "create", "Actor": {"ID": "n1", "Attributes": {}},
         "scope": "local", "time": 0, "timeNano": 0}
        """,
        EventRoutes.line(new Event("network", "create", "n1", Map.of(), Instant.EPOCH)));
  }

  @Test
  void old_clients_do_not_see_images_being_made() {
    var create = new Event("image", "create", "sha256:aa", Map.of(), Instant.EPOCH);
    assertEquals(false, EventRoutes.known(create, new ApiVersion(1, 45)));
    assertEquals(true, EventRoutes.known(create, new ApiVersion(1, 46)));
  }
}
