package argosy.cli.command;

import argosy.cli.client.Daemon;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/**
 * One command on its way.
 *
 * @param cluster whether the daemon is seen as all its nodes
 */
public record Invocation(
    Arguments arguments,
    Daemon daemon,
    boolean cluster,
    Console console,
    Map<String, String> environment,
    InstantSource clock) {

  /** Something done to one of several things. */
  @FunctionalInterface
  public interface Act {
    void on(String name) throws IOException;
  }

  /**
   * Does something to each operand; one that fails is reported and keeps no other from its turn.
   *
   * @return 0, or 1 when any failed
   */
  public int each(List<String> names, Act act) {
    int code = 0;
    for (String name : names) {
      try {
        act.on(name);
      } catch (IOException e) {
        console.complain(String.valueOf(e.getMessage()));
        code = 1;
      }
    }
    return code;
  }
}
