package argosy.engine.oci;

import argosy.engine.failure.Failure;
import argosy.engine.failure.Refused;
import argosy.engine.spec.ContainerSpec;
import argosy.engine.spec.Resources.Ulimit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A container's first process, and those that join it, as OCI process objects. */
public final class ProcessTranslation {
  static final String INIT_INSIDE = "/sbin/docker-init";
  private static final String PATH =
      "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

  private ProcessTranslation() {}

  static OciConfig.Process first(OciInput input, SecurityOptions options) {
    ContainerSpec spec = input.spec();
    boolean tty = spec.process().stdio().tty();
    return new OciConfig.Process(
        tty,
        tty ? consoleSize(spec.process().consoleSize()) : null,
        user(input.user()),
        arguments(spec),
        environment(input.hostname(), tty, List.of(spec.process().env()), input.user()),
        directory(spec.process().workingDir()),
        capabilities(
            CapabilitySet.of(
                spec.security().privileged(),
                spec.security().capAdd(),
                spec.security().capDrop(),
                input.host().capabilities())),
        rlimits(spec.resources().ulimits()),
        options.noNewPrivileges(),
        input.host().apparmor() && !spec.security().privileged() ? options.apparmor() : "",
        spec.resources().oomScoreAdj());
  }

  /** What {@code exec} runs, as the bytes of an OCI process object. */
  public static byte[] exec(ExecInput input) {
    ContainerSpec spec = input.spec();
    SecurityOptions options = SecurityOptions.of(spec.security().securityOpt());
    String cwd = input.workingDir().isEmpty() ? spec.process().workingDir() : input.workingDir();
    return new OciConfig.Process(
            input.tty(),
            null,
            user(input.user()),
            input.command(),
            environment(
                input.hostname(),
                input.tty(),
                List.of(spec.process().env(), input.env()),
                input.user()),
            directory(cwd),
            capabilities(
                CapabilitySet.of(
                    spec.security().privileged() || input.privileged(),
                    spec.security().capAdd(),
                    spec.security().capDrop(),
                    input.host().capabilities())),
            rlimits(spec.resources().ulimits()),
            options.noNewPrivileges(),
            input.host().apparmor() && !input.privileged() ? options.apparmor() : "",
            null)
        .json();
  }

  private static OciConfig.User user(UserIds ids) {
    return new OciConfig.User(ids.uid(), ids.gid(), ids.additionalGids());
  }

  private static String directory(String asked) {
    return asked.isEmpty() ? "/" : asked;
  }

  private static OciConfig.@org.jspecify.annotations.Nullable ConsoleSize consoleSize(
      @org.jspecify.annotations.Nullable List<Integer> size) {
    return size == null || size.size() != 2 || size.get(0) == 0 || size.get(1) == 0
        ? null
        : new OciConfig.ConsoleSize(size.get(0), size.get(1));
  }

  private static List<String> arguments(ContainerSpec spec) {
    List<String> own = spec.process().arguments();
    if (own.isEmpty()) {
      throw new Refused(new Failure.Invalid("no command specified"));
    }
    if (!spec.isolation().init()) {
      return own;
    }
    var all = new ArrayList<>(List.of(INIT_INSIDE, "--"));
    all.addAll(own);
    return List.copyOf(all);
  }

  /** Later lists win; an entry without {@code =} takes the variable away (Docker's rule). */
  static List<String> environment(
      String hostname, boolean tty, List<List<String>> asked, UserIds user) {
    Map<String, String> all = new LinkedHashMap<>();
    put(all, PATH);
    if (!hostname.isEmpty()) {
      put(all, "HOSTNAME=" + hostname);
    }
    if (tty) {
      put(all, "TERM=xterm");
    }
    asked.forEach(list -> list.forEach(entry -> put(all, entry)));
    all.putIfAbsent("HOME", "HOME=" + user.home());
    return List.copyOf(all.values());
  }

  private static void put(Map<String, String> all, String entry) {
    int equals = entry.indexOf('=');
    if (equals < 0) {
      all.remove(entry);
    } else {
      all.put(entry.substring(0, equals), entry);
    }
  }

  private static OciConfig.Capabilities capabilities(List<String> names) {
    return new OciConfig.Capabilities(names, names, names, List.of(), List.of());
  }

  private static List<OciConfig.Rlimit> rlimits(List<Ulimit> ulimits) {
    return ulimits.stream()
        .map(limit ->
            new OciConfig.Rlimit(
                "RLIMIT_" + limit.name().toUpperCase(Locale.ROOT), limit.soft(), limit.hard()))
        .toList();
  }
}
