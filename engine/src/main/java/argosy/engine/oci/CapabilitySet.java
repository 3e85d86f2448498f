package argosy.engine.oci;

import argosy.engine.failure.Failure;
import argosy.engine.failure.Refused;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Which capabilities a container gets; the names carry {@code CAP_}. */
public final class CapabilitySet {
  /** Docker's fourteen. */
  public static final List<String> DEFAULT =
      List.of(
          "CAP_CHOWN",
          "CAP_DAC_OVERRIDE",
          "CAP_FSETID",
          "CAP_FOWNER",
          "CAP_MKNOD",
          "CAP_NET_RAW",
          "CAP_SETGID",
          "CAP_SETUID",
          "CAP_SETFCAP",
          "CAP_SETPCAP",
          "CAP_NET_BIND_SERVICE",
          "CAP_SYS_CHROOT",
          "CAP_KILL",
          "CAP_AUDIT_WRITE");

  /** Every name, in the kernel's numbering (include/uapi/linux/capability.h). */
  public static final List<String> KNOWN =
      List.of(
          "CAP_CHOWN",
          "CAP_DAC_OVERRIDE",
          "CAP_DAC_READ_SEARCH",
          "CAP_FOWNER",
          "CAP_FSETID",
          "CAP_KILL",
          "CAP_SETGID",
          "CAP_SETUID",
          "CAP_SETPCAP",
          "CAP_LINUX_IMMUTABLE",
          "CAP_NET_BIND_SERVICE",
          "CAP_NET_BROADCAST",
          "CAP_NET_ADMIN",
          "CAP_NET_RAW",
          "CAP_IPC_LOCK",
          "CAP_IPC_OWNER",
          "CAP_SYS_MODULE",
          "CAP_SYS_RAWIO",
          "CAP_SYS_CHROOT",
          "CAP_SYS_PTRACE",
          "CAP_SYS_PACCT",
          "CAP_SYS_ADMIN",
          "CAP_SYS_BOOT",
          "CAP_SYS_NICE",
          "CAP_SYS_RESOURCE",
          "CAP_SYS_TIME",
          "CAP_SYS_TTY_CONFIG",
          "CAP_MKNOD",
          "CAP_LEASE",
          "CAP_AUDIT_WRITE",
          "CAP_AUDIT_CONTROL",
          "CAP_SETFCAP",
          "CAP_MAC_OVERRIDE",
          "CAP_MAC_ADMIN",
          "CAP_SYSLOG",
          "CAP_WAKE_ALARM",
          "CAP_BLOCK_SUSPEND",
          "CAP_AUDIT_READ",
          "CAP_PERFMON",
          "CAP_BPF",
          "CAP_CHECKPOINT_RESTORE");

  private CapabilitySet() {}

  /**
   * The set for {@code --privileged}, {@code --cap-add} and {@code --cap-drop}.
   *
   * @param available what may be passed on; ALL means all of these
   * @throws Refused for a name nobody knows
   */
  public static List<String> of(
      boolean privileged, List<String> add, List<String> drop, Set<String> available) {
    List<String> all = KNOWN.stream().filter(available::contains).toList();
    List<String> added = normal("CapAdd", add);
    List<String> dropped = normal("CapDrop", drop);
    if (privileged) {
      return all;
    }
    Set<String> result = new LinkedHashSet<>(dropped.contains("ALL") ? List.of() : DEFAULT);
    if (added.contains("ALL")) {
      result = new LinkedHashSet<>(all);
    }
    result.removeAll(dropped);
    result.addAll(added);
    result.remove("ALL");
    return List.copyOf(result);
  }

  /**
   * Names as the kernel has them: upper case, with {@code CAP_}; ALL stays. Inspect shows what was
   * asked for.
   *
   * @param field whose names they are, for the text
   * @throws Refused for a name nobody knows
   */
  public static List<String> normal(String field, List<String> names) {
    var result = new ArrayList<String>();
    for (String name : names) {
      String upper = name.toUpperCase(Locale.ROOT);
      String full = upper.equals("ALL") || upper.startsWith("CAP_") ? upper : "CAP_" + upper;
      if (!full.equals("ALL") && !KNOWN.contains(full)) {
        throw new Refused(
            new Failure.Invalid("invalid " + field + ": unknown capability: \"" + full + "\""));
      }
      result.add(full);
    }
    return result;
  }
}
