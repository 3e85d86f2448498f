package argosy.engine.linux;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class Sha256Test {
  @Test
  void gives_the_standards_example() {
    byte[] abc = "abc".getBytes(StandardCharsets.US_ASCII);
    for (Sha256 sha256 : new Sha256[] {Sha256.start(), Sha256.portable()}) {
      sha256.update(abc, 0, 1);
      sha256.update(abc, 1, 2);
      assertEquals(
          "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
          HexFormat.of().formatHex(sha256.digest()));
    }
    assertArrayEquals(Sha256.portable().digest(), Sha256.start().digest());
  }
}
