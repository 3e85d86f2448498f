package argosy.engine.oci;

import argosy.engine.failure.Failure;
import argosy.engine.failure.Refused;
import java.util.List;

/**
 * {@code --security-opt}, read.
 *
 * @param seccomp "" is the built-in profile, "unconfined", or a profile's JSON
 * @param apparmor "" or a profile's name
 * @param unconfinedPaths nothing of /proc and /sys is masked or read-only
 * @param writableCgroups the cgroup file system may be written
 */
public record SecurityOptions(
    boolean noNewPrivileges,
    String seccomp,
    String apparmor,
    boolean unconfinedPaths,
    boolean writableCgroups) {
  private static final SecurityOptions NONE = new SecurityOptions(false, "", "", false, false);

  /**
   * Reads them in order; the last one wins.
   *
   * @throws Refused with Docker's text for an option that is not one
   */
  public static SecurityOptions of(List<String> options) {
    SecurityOptions result = NONE;
    for (String option : options) {
      result = result.and(option);
    }
    return result;
  }

  private SecurityOptions and(String option) {
    int split = separator(option);
    String name = split < 0 ? option : option.substring(0, split);
    String value = split < 0 ? "" : option.substring(split + 1);
    return switch (name) {
      case "no-new-privileges" ->
          new SecurityOptions(
              truth(option, value), seccomp, apparmor, unconfinedPaths, writableCgroups);
      case "seccomp" ->
          new SecurityOptions(
              noNewPrivileges,
              value.equals("builtin") ? "" : value,
              apparmor,
              unconfinedPaths,
              writableCgroups);
      case "apparmor" ->
          new SecurityOptions(noNewPrivileges, seccomp, value, unconfinedPaths, writableCgroups);
      case "systempaths" ->
          new SecurityOptions(
              noNewPrivileges, seccomp, apparmor, value.equals("unconfined"), writableCgroups);
      case "writable-cgroups" ->
          new SecurityOptions(
              noNewPrivileges, seccomp, apparmor, unconfinedPaths, truth(option, value));
      // without SELinux a label says nothing, and Docker lets it pass too
      case "label" -> this;
      default ->
          throw new Refused(new Failure.Invalid("invalid --security-opt 2: \"" + option + "\""));
    };
  }

  /** Docker takes the first {@code =}, and {@code :} as it was written long ago. */
  private static int separator(String option) {
    int equals = option.indexOf('=');
    return equals >= 0 ? equals : option.indexOf(':');
  }

  private static boolean truth(String option, String value) {
    return switch (value) {
      case "", "true", "1" -> true;
      case "false", "0" -> false;
      default ->
          throw new Refused(new Failure.Invalid("invalid --security-opt 2: \"" + option + "\""));
    };
  }
}
