package argosy.engine.oci;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import argosy.engine.failure.Refused;
import java.util.List;
import org.junit.jupiter.api.Test;

class UserDatabaseTest {
  private static final UserDatabase FILES =
      new UserDatabase(
          """
          root:x:0:0:root:/root:/bin/sh
          sailor:x:1000:1001:A sailor:/home/sailor:/bin/sh
          broken line
          """,
          """
          root:x:0:
          crew:x:1001:
          deck:x:50:sailor,cook
          galley:x:60:cook
          """);

  @Test
  void nobody_named_is_root() {
    assertEquals(new UserIds(0, 0, List.of(0), "/root"), FILES.find("", List.of()));
  }

  @Test
  void a_name_brings_its_groups_and_its_home() {
    assertEquals(
        new UserIds(1000, 1001, List.of(1001, 50), "/home/sailor"),
        FILES.find("sailor", List.of()));
    assertEquals(FILES.find("sailor", List.of()), FILES.find("1000", List.of()));
  }

  @Test
  void a_group_that_is_named_stands_alone() {
    assertEquals(
        new UserIds(1000, 60, List.of(60, 50, 7), "/home/sailor"),
        FILES.find("sailor:galley", List.of("deck", "7")));
  }

  @Test
  void numbers_need_no_entry() {
    assertEquals(new UserIds(4242, 0, List.of(0), "/"), FILES.find("4242", List.of()));
    assertEquals(
        new UserIds(4242, 43, List.of(43), "/"),
        new UserDatabase("", "").find("4242:43", List.of()));
  }

  @Test
  void a_name_without_an_entry_is_refused_in_dockers_words() {
    assertRefused("unable to find user cook: no matching entries in passwd file", "cook");
    assertRefused("unable to find group oars: no matching entries in group file", "root:oars");
    assertRefused("uids and gids must be in range 0-2147483647", "4294967296");
  }

  private static void assertRefused(String text, String user) {
    var refused = assertThrows(Refused.class, () -> FILES.find(user, List.of()));
    assertEquals(text, refused.failure().message());
  }
}
