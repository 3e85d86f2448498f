package argosy.engine.oci;

import java.util.List;

/**
 * Who a process runs as, in the container's own numbers.
 *
 * @param home the user's home directory, "/" when the container's passwd does not say
 */
public record UserIds(int uid, int gid, List<Integer> additionalGids, String home) {
  public static final UserIds ROOT = new UserIds(0, 0, List.of(), "/root");

  public UserIds {
    additionalGids = List.copyOf(additionalGids);
  }
}
