package argosy.http.container;

import static argosy.http.answer.OrEmpty.list;
import static argosy.http.answer.OrEmpty.text;
import static argosy.http.answer.OrEmpty.texts;

import argosy.engine.spec.ContainerSpec;
import argosy.engine.spec.ContainerSpec.Identity;
import argosy.engine.spec.ContainerSpec.Isolation;
import argosy.engine.spec.ContainerSpec.LogSpec;
import argosy.engine.spec.ContainerSpec.RestartPolicy;
import argosy.engine.spec.Security;
import argosy.http.answer.Refusal;
import argosy.http.wire.Config;
import argosy.http.wire.HostConfig;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A create's body as what the engine is asked for, or a refusal in Docker's words. */
final class SpecTranslation {
  private SpecTranslation() {}

  /** {@code platform} "" is the host's own. */
  static ContainerSpec spec(CreateBody body, String platform) {
    var config = body.config();
    var host = body.host();
    Unsupported.check(body);
    var spec =
        new ContainerSpec(
            text(config.image()),
            ProcessTranslation.process(config, host),
            identity(config, host),
            isolation(host),
            security(host),
            ResourceTranslation.resources(host),
            StorageTranslation.storage(config, host),
            NetworkTranslation.network(body),
            log(host.logConfig()),
            restart(host.restartPolicy()),
            ProcessTranslation.health(config.healthcheck()),
            host.autoRemove(),
            text(host.runtime()).isEmpty() ? null : host.runtime(),
            platform.isEmpty() ? null : platform);
    Conflicts.check(spec);
    return spec;
  }

  private static Identity identity(Config config, HostConfig host) {
    return new Identity(
        text(config.hostname()),
        text(config.domainname()),
        texts(config.labels()),
        texts(host.annotations()));
  }

  private static Isolation isolation(HostConfig host) {
    return new Isolation(
        mode("IPC", host.ipcMode(), IPC),
        mode("PID", host.pidMode(), PID),
        mode("UTS", host.utsMode(), UTS),
        mode("user namespace", host.usernsMode(), UTS),
        mode("cgroup namespace", host.cgroupnsMode(), CGROUP),
        Boolean.TRUE.equals(host.init()));
  }

  private static final Pattern IPC = Pattern.compile("|none|host|private|shareable|container:.+");
  private static final Pattern PID = Pattern.compile("|host|container:.+");
  private static final Pattern UTS = Pattern.compile("|host");
  private static final Pattern CGROUP = Pattern.compile("|host|private");

  private static String mode(String what, @Nullable String mode, Pattern known) {
    String asked = text(mode);
    Refusal.when(!known.matcher(asked).matches(), "invalid " + what + " mode: " + asked);
    return asked;
  }

  private static Security security(HostConfig host) {
    return new Security(
        host.privileged(),
        host.readonlyRootfs(),
        list(host.capAdd()),
        list(host.capDrop()),
        list(host.securityOpt()),
        host.maskedPaths() == null ? null : list(host.maskedPaths()),
        host.readonlyPaths() == null ? null : list(host.readonlyPaths()),
        texts(host.sysctls()));
  }

  private static LogSpec log(HostConfig.@Nullable LogConfig log) {
    return log == null
        ? new LogSpec("", Map.of())
        : new LogSpec(text(log.type()), texts(log.config()));
  }

  /** Also reads an update's policy. */
  static RestartPolicy restart(HostConfig.@Nullable RestartPolicy asked) {
    if (asked == null) {
      return RestartPolicy.NONE;
    }
    var name =
        switch (text(asked.name())) {
          case "", "no" -> RestartPolicy.Name.NO;
          case "always" -> RestartPolicy.Name.ALWAYS;
          case "unless-stopped" -> RestartPolicy.Name.UNLESS_STOPPED;
          case "on-failure" -> RestartPolicy.Name.ON_FAILURE;
          case String unknown ->
              throw Refusal.invalid(
                  "invalid restart policy: unknown policy '"
                      + unknown
                      + "'; use one of 'no', 'always', 'on-failure', or 'unless-stopped'");
        };
    int retries = asked.maximumRetryCount();
    Refusal.when(
        retries != 0 && name != RestartPolicy.Name.ON_FAILURE,
        "invalid restart policy: maximum retry count can only be used with 'on-failure'");
    Refusal.when(retries < 0, "invalid restart policy: maximum retry count cannot be negative");
    return new RestartPolicy(name, retries);
  }

  /** The policies by their Docker names. */
  static String name(RestartPolicy policy) {
    return switch (policy.name()) {
      case NO -> "no";
      case ALWAYS -> "always";
      case UNLESS_STOPPED -> "unless-stopped";
      case ON_FAILURE -> "on-failure";
    };
  }

  /** What {@code isolation} may be on Linux. */
  static final List<String> ISOLATIONS = List.of("", "default");
}
