package argosy.engine.container.admission;

import argosy.engine.container.log.LogOptions;
import argosy.engine.failure.Failure;
import argosy.engine.failure.Refused;
import argosy.engine.oci.CapabilitySet;
import argosy.engine.oci.DeviceRules;
import argosy.engine.oci.OciTranslation;
import argosy.engine.oci.SecurityOptions;
import argosy.engine.spec.ContainerSpec;
import argosy.engine.spec.ContainerSpec.Identity;
import argosy.engine.spec.ContainerSpec.Isolation;
import argosy.engine.spec.Security;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A spec as this host takes it: refused where it can never run here, without the limits that the
 * kernel does not know, and with the host's words where the user said nothing.
 *
 * @param warnings what the user should know, in Docker's words
 */
public record Admission(ContainerSpec spec, List<String> warnings) {
  private static final String OPEN_LABEL = "label=disable";

  public Admission {
    warnings = List.copyOf(warnings);
  }

  /** Throws Refused with Docker's text. */
  public static Admission of(ContainerSpec asked, Site site) {
    check(asked, site);
    var limits = Limits.ofNew(asked.resources(), site);
    var warnings = new ArrayList<>(limits.warnings());
    if (isHost(asked.network().mode()) && !asked.network().bindings().isEmpty()) {
      warnings.add("Published ports are discarded when using host network mode");
    }
    if (LogOptions.compresses(asked.log())) {
      warnings.add("Rotated logs are not compressed yet: the log option compress has no effect");
    }
    var spec =
        new ContainerSpec(
            asked.image(),
            asked.process(),
            identity(asked, site),
            isolation(asked, site),
            security(asked),
            limits.resources(),
            asked.storage(),
            asked.network(),
            asked.log(),
            asked.restart(),
            asked.health(),
            asked.autoRemove(),
            runtime(asked.runtime(), site),
            asked.platform());
    return new Admission(spec, warnings);
  }

  private static void check(ContainerSpec asked, Site site) {
    for (String option : asked.storage().storageOpt().keySet()) {
      refuse(
          option.equals("size"),
          "--storage-opt is supported only for overlay over xfs with 'pquota' mount option");
      refuse(true, "Unknown option " + option);
    }
    SecurityOptions.of(asked.security().securityOpt());
    asked.resources().deviceCgroupRules().forEach(DeviceRules::check);
    refuse(
        asked.isolation().init() && site.host().initPath() == null,
        "--init needs a small init on the host (docker-init, tini or catatonit) and none is"
            + " installed");
    String userns = asked.isolation().userns();
    refuse(!userns.isEmpty() && !isHost(userns), "invalid USER mode: " + userns);
  }

  private static Identity identity(ContainerSpec asked, Site site) {
    var identity = asked.identity();
    boolean hosts = isHost(asked.network().mode()) && identity.hostname().isEmpty();
    return new Identity(
        hosts ? site.hostname() : identity.hostname(),
        identity.domainname(),
        identity.labels(),
        identity.annotations());
  }

  /** With cgroup v1 Docker leaves a container in the host's cgroup namespace. */
  private static Isolation isolation(ContainerSpec asked, Site site) {
    var isolation = asked.isolation();
    String usual = site.cgroups().version() == 1 ? "host" : "private";
    return new Isolation(
        isolation.ipc().isEmpty() ? "private" : isolation.ipc(),
        isolation.pid(),
        isolation.uts(),
        isolation.userns(),
        isolation.cgroupns().isEmpty() ? usual : isolation.cgroupns(),
        isolation.init());
  }

  private static Security security(ContainerSpec asked) {
    var security = asked.security();
    boolean open = security.privileged();
    CapabilitySet.normal("CapAdd", security.capAdd());
    CapabilitySet.normal("CapDrop", security.capDrop());
    return new Security(
        open,
        security.readonlyRootfs(),
        security.capAdd(),
        security.capDrop(),
        labels(asked),
        open ? security.maskedPaths() : or(security.maskedPaths(), OciTranslation.MASKED),
        open ? security.readonlyPaths() : or(security.readonlyPaths(), OciTranslation.READONLY),
        security.sysctls());
  }

  /** Who shares the host's processes is not kept apart by labels: Docker writes that down. */
  private static List<String> labels(ContainerSpec asked) {
    Set<String> options = new LinkedHashSet<>(asked.security().securityOpt());
    var isolation = asked.isolation();
    if (asked.security().privileged() || isHost(isolation.ipc()) || isHost(isolation.pid())) {
      options.add(OPEN_LABEL);
    }
    return List.copyOf(options);
  }

  private static List<String> or(@Nullable List<String> asked, List<String> usual) {
    return asked == null ? usual : asked;
  }

  private static String runtime(@Nullable String asked, Site site) {
    String name = asked == null || asked.isEmpty() ? site.usualRuntime() : asked;
    refuse(!site.runtimes().contains(name), "unknown or invalid runtime name: " + name);
    return name;
  }

  private static boolean isHost(String mode) {
    return mode.equals("host");
  }

  private static void refuse(boolean wrong, String message) {
    if (wrong) {
      throw new Refused(new Failure.Invalid(message));
    }
  }
}
