package argosy.engine.container.naming;

import java.util.HexFormat;
import java.util.random.RandomGenerator;

/** Ids of containers and execs: 64 lower-case hexadecimal digits. */
public final class Ids {
  private Ids() {}

  /** A fresh one; its short form is never a number, so that it can be told from one. */
  public static String make(RandomGenerator random) {
    byte[] bytes = new byte[32];
    while (true) {
      random.nextBytes(bytes);
      String id = HexFormat.of().formatHex(bytes);
      if (id.substring(0, 12).chars().anyMatch(c -> c > '9')) {
        return id;
      }
    }
  }
}
