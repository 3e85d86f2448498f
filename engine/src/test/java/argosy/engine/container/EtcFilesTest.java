package argosy.engine.container;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class EtcFilesTest {
  @Test
  void a_whole_name_stands_before_its_first_part_however_it_was_given() {
    assertEquals("web", EtcFiles.names("web", ""));
    assertEquals("web.example.org web", EtcFiles.names("web", "example.org"));
    assertEquals("web.example.org web", EtcFiles.names("web.example.org", ""));
  }
}
