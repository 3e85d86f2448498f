package argosy.engine.container.admission;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import argosy.engine.cgroup.CgroupFeatures;
import argosy.engine.container.SpecsOf;
import argosy.engine.failure.Refused;
import argosy.engine.oci.OciTranslation;
import argosy.engine.spec.ContainerSpec;
import argosy.engine.spec.ContainerSpec.Isolation;
import argosy.engine.spec.Security;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AdmissionTest {
  private static final Site HOST = Sites.with(CgroupFeatures.all(1, "0-3", "0"));

  private static Security security(boolean privileged, List<String> add, List<String> options) {
    return new Security(privileged, false, add, List.of(), options, null, null, Map.of());
  }

  private static ContainerSpec admitted(SpecsOf spec) {
    return Admission.of(spec.spec(), HOST).spec();
  }

  private static String refused(SpecsOf spec) {
    return assertThrows(Refused.class, () -> Admission.of(spec.spec(), HOST)).failure().message();
  }

  @Test
  void the_host_says_what_the_user_left_open() {
    var spec = admitted(SpecsOf.plain());
    assertEquals(new Isolation("private", "", "", "", "host", false), spec.isolation());
    assertEquals("runc", spec.runtime());
    assertEquals(OciTranslation.MASKED, spec.security().maskedPaths());
    assertEquals(OciTranslation.READONLY, spec.security().readonlyPaths());
    assertEquals(List.of(), spec.security().securityOpt());
  }

  @Test
  void a_unified_hierarchy_gives_each_its_own_cgroup_namespace() {
    var site = Sites.with(CgroupFeatures.all(2, "0-3", "0"));
    assertEquals(
        "private", Admission.of(SpecsOf.plain().spec(), site).spec().isolation().cgroupns());
  }

  @Test
  void what_has_no_effect_yet_is_said() {
    assertEquals(
        List.of("Rotated logs are not compressed yet: the log option compress has no effect"),
        Admission.of(SpecsOf.plain().logging("compress", "true").spec(), HOST).warnings());
    assertEquals(
        List.of(),
        Admission.of(SpecsOf.plain().logging("compress", "false").spec(), HOST).warnings());
  }

  @Test
  void privileged_leaves_paths_open_and_capabilities_stay_as_they_were_asked_for() {
    var spec = admitted(SpecsOf.plain().with(security(true, List.of("net_admin"), List.of())));
    assertEquals(null, spec.security().maskedPaths());
    assertEquals(List.of("net_admin"), spec.security().capAdd());
    assertEquals(List.of("label=disable"), spec.security().securityOpt());
  }

  @Test
  void on_the_hosts_network_it_has_the_hosts_name_and_ports_are_left_out() {
    var spec = SpecsOf.plain().onNetwork("host").publishing(80);
    assertEquals("harbour", admitted(spec).identity().hostname());
    assertEquals(
        List.of("Published ports are discarded when using host network mode"),
        Admission.of(spec.spec(), HOST).warnings());
  }

  @Test
  void what_can_never_run_here_is_refused_in_dockers_words() {
    assertEquals(
        "invalid CapAdd: unknown capability: \"CAP_BOGUS\"",
        refused(SpecsOf.plain().with(security(false, List.of("bogus"), List.of()))));
    assertEquals(
        "invalid --security-opt 2: \"foo=bar\"",
        refused(SpecsOf.plain().with(security(false, List.of(), List.of("foo=bar")))));
    assertEquals("unknown or invalid runtime name: nope", refused(SpecsOf.plain().under("nope")));
    assertEquals("invalid USER mode: 1000", refused(SpecsOf.plain().inUsers("1000")));
    assertEquals(
        "--storage-opt is supported only for overlay over xfs with 'pquota' mount option",
        refused(SpecsOf.plain().storing("size", "1G")));
    assertEquals("Unknown option foo", refused(SpecsOf.plain().storing("foo", "1G")));
  }

  @Test
  void a_small_init_must_be_there() {
    var bare =
        new Site(
            Sites.facts(null), "harbour", HOST.cgroups(), 4, HOST.runtimes(), HOST.usualRuntime());
    var spec = SpecsOf.plain().with(new Isolation("", "", "", "", "", true)).spec();
    var failure = assertThrows(Refused.class, () -> Admission.of(spec, bare)).failure();
    assertEquals(
        "--init needs a small init on the host (docker-init, tini or catatonit) and none is"
            + " installed",
        failure.message());
  }

  @Test
  void a_platform_that_does_not_fit_is_a_404_when_asked_for_and_a_warning_otherwise() {
    var arm = new Platform("linux", "arm64");
    var facts = Sites.facts(null);
    assertEquals(
        List.of(
            "The requested image's platform (linux/arm64) does not match the detected host platform"
                + " (linux/amd64) and no specific platform was requested"),
        arm.fits(SpecsOf.plain().spec(), facts));
    assertEquals(List.of(), arm.fits(SpecsOf.plain().on("linux/arm64/v8").spec(), facts));
    var wrong =
        assertThrows(
            Refused.class, () -> arm.fits(SpecsOf.plain().on("linux/amd64").spec(), facts));
    assertEquals(
        "image with reference busybox was found but its platform (linux/arm64) does not match the"
            + " specified platform (linux/amd64)",
        wrong.failure().message());
    assertEquals(List.of(), new Platform("", "").fits(SpecsOf.plain().on("amd64").spec(), facts));
  }
}
