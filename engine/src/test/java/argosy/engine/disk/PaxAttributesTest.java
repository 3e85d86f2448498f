package argosy.engine.disk;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.Test;

class PaxAttributesTest {
  private static final byte[] CAPABILITY = {1, 0, 0, 2, (byte) 0x80, '\n', '=', (byte) 0xff, 0};

  @Test
  void keeps_binary_values_as_they_are() throws IOException {
    var tar =
        new RawTar()
            .attribute("security.capability", CAPABILITY)
            .file("a", new byte[700])
            .file("b", new byte[3])
            .attribute("user.x", new byte[] {1})
            .file("c", new byte[0])
            .bytes();
    var watched = new PaxAttributes(new ByteArrayInputStream(tar));
    var archive = new TarArchiveInputStream(watched);
    assertEquals("a", archive.getNextEntry().getName());
    assertArrayEquals(CAPABILITY, watched.take().get("security.capability"));
    assertEquals("b", archive.getNextEntry().getName());
    assertTrue(watched.take().isEmpty());
    assertEquals("c", archive.getNextEntry().getName());
    assertEquals(1, watched.take().size());
  }
}
