package argosy.engine.spec;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the container may do to its host.
 *
 * @param securityOpt as given: {@code no-new-privileges}, {@code seccomp=…}, {@code apparmor=…},
 *     {@code systempaths=unconfined}; the CLI sends a seccomp profile's JSON inline
 * @param maskedPaths null: Docker's default list
 * @param readonlyPaths null: Docker's default list
 */
public record Security(
    boolean privileged,
    boolean readonlyRootfs,
    List<String> capAdd,
    List<String> capDrop,
    List<String> securityOpt,
    @Nullable List<String> maskedPaths,
    @Nullable List<String> readonlyPaths,
    Map<String, String> sysctls) {
  public Security {
    capAdd = List.copyOf(capAdd);
    capDrop = List.copyOf(capDrop);
    securityOpt = List.copyOf(securityOpt);
    maskedPaths = maskedPaths == null ? null : List.copyOf(maskedPaths);
    readonlyPaths = readonlyPaths == null ? null : List.copyOf(readonlyPaths);
    sysctls = Map.copyOf(sysctls);
  }
}
