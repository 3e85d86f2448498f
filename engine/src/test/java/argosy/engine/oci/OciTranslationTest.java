package argosy.engine.oci;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import argosy.engine.failure.Refused;
import argosy.engine.spec.ContainerSpec.Isolation;
import argosy.engine.spec.Resources;
import argosy.engine.spec.Security;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OciTranslationTest {
  @Test
  void a_plain_container_gets_dockers_defaults() throws Exception {
    JsonNode json = OciConfig.mapper().readTree(OciInputs.plain().config().json());
    assertEquals("/roots/abc", json.at("/root/path").asText());
    assertEquals("box", json.at("/hostname").asText());
    assertEquals(0, json.at("/process/user/uid").asInt(-1));
    assertEquals(0, json.at("/process/oomScoreAdj").asInt(-1));
    assertEquals("/argosy/abc", json.at("/linux/cgroupsPath").asText());
    assertEquals(
        "[{\"type\":\"mount\"},{\"type\":\"network\",\"path\":\"/run/netns/x\"},{\"type\":\"ipc\"},"
            + "{\"type\":\"pid\"},{\"type\":\"uts\"}]",
        json.at("/linux/namespaces").toString());
    assertTrue(json.at("/linux/maskedPaths").toString().contains("/proc/kcore"));
    assertEquals(
        "0", json.at("/linux/sysctl").path("net.ipv4.ip_unprivileged_port_start").asText());
    assertTrue(json.at("/process/rlimits").isMissingNode());
    assertEquals("SCMP_ACT_ERRNO", json.at("/linux/seccomp/defaultAction").asText());
    assertEquals(7, json.at("/linux/resources/devices").size());
  }

  @Test
  void the_environment_is_dockers_then_the_users_and_home_comes_last() {
    OciConfig.Process process =
        OciInputs.plain().onTerminal("A=1", "TERM", "PATH=/x").config().process();
    assertEquals(List.of("PATH=/x", "HOSTNAME=box", "A=1", "HOME=/root"), process.env());
    assertEquals(new OciConfig.ConsoleSize(24, 80), process.consoleSize());
  }

  @Test
  void privileged_hides_and_forbids_nothing() {
    OciConfig.Linux linux =
        OciInputs.plain()
            .with(new Security(true, false, List.of(), List.of(), List.of(), null, null, Map.of()))
            .config()
            .linux();
    assertNull(linux.seccomp());
    assertEquals(List.of(), linux.maskedPaths());
    assertEquals(List.of(), linux.readonlyPaths());
    assertEquals(
        List.of(new OciConfig.DeviceRule(true, null, null, null, "rwm")),
        linux.resources().devices());
    assertEquals("/dev/vda", linux.devices().getFirst().path());
  }

  @Test
  void limits_are_counted_as_docker_counts_them() {
    var asked =
        new Resources(
            new Resources.Memory(1000, 0, 0, null, 0),
            new Resources.Cpu(512, 1_500_000_000L, 0, 0, 0, 0, "0-1", ""),
            Resources.BlockIo.NONE,
            -1L,
            List.of(new Resources.Ulimit("nofile", 10, 20)),
            List.of(),
            List.of("c 42:* rw"),
            "sea",
            100,
            null);
    OciConfig config = OciInputs.plain().with(asked).config();
    OciConfig.LinuxResources resources = config.linux().resources();
    assertEquals(new OciConfig.Memory(1000L, null, 2000L, null, null), resources.memory());
    assertEquals(
        new OciConfig.Cpu(512L, 150_000L, 100_000L, null, null, "0-1", null), resources.cpu());
    assertNull(resources.pids());
    assertEquals(
        new OciConfig.DeviceRule(true, "c", 42L, null, "rw"), resources.devices().getLast());
    assertEquals("/sea/abc", config.linux().cgroupsPath());
    assertEquals(
        List.of(new OciConfig.Rlimit("RLIMIT_NOFILE", 10, 20)), config.process().rlimits());
  }

  @Test
  void a_bind_keeps_what_its_source_forbids() {
    var mounts =
        OciInputs.plain().config(forbidding("ro", "nosuid"), forbidding("noexec")).mounts();
    assertEquals(List.of("rbind", "ro", "rprivate", "nosuid"), mounts.get(7).options());
    assertEquals(List.of("rbind", "rw", "rprivate", "noexec"), mounts.get(8).options());
  }

  private static MountPoint forbidding(String... flags) {
    return new MountPoint(
        MountPoint.Kind.BIND,
        "/s",
        "/" + String.join("-", flags),
        false,
        "",
        false,
        null,
        "",
        List.of(flags));
  }

  @Test
  void mounts_come_outer_first_and_take_the_place_of_defaults() {
    List<OciConfig.Mount> mounts =
        OciInputs.plain()
            .config(
                MountPoint.bind("/b", "/data/inner", true),
                MountPoint.tmpfs("/data", "exec,size=64k"),
                MountPoint.bind("/shared", "/dev/shm", false))
            .mounts();
    List<String> destinations = mounts.stream().map(OciConfig.Mount::destination).toList();
    assertEquals(
        List.of(
            "/proc",
            "/dev",
            "/dev/pts",
            "/sys",
            "/sys/fs/cgroup",
            "/dev/mqueue",
            "/dev/shm",
            "/data",
            "/data/inner"),
        destinations);
    assertEquals("/shared", mounts.get(6).source());
    assertEquals(List.of("nosuid", "nodev", "exec", "size=64k"), mounts.get(7).options());
    assertEquals(List.of("rbind", "ro", "rprivate"), mounts.get(8).options());
  }

  @Test
  void what_can_not_be_met_is_refused() {
    assertRefused(
        "--init needs a small init on the host (docker-init, tini or catatonit) and none is installed",
        OciInputs.plain().with(new Isolation("", "", "", "", "", true)));
    assertRefused("invalid --security-opt 2: \"magic\"", withOption("magic"));
    assertRefused("seccomp profile: defaultAction is missing", withOption("seccomp={}"));
  }

  @Test
  void security_options_are_read() {
    OciConfig config = withOption("seccomp=unconfined", "no-new-privileges").config();
    assertNull(config.linux().seccomp());
    assertTrue(config.process().noNewPrivileges());
    assertEquals(List.of(), withOption("systempaths=unconfined").config().linux().maskedPaths());
  }

  private static OciInputs withOption(String... options) {
    return OciInputs.plain()
        .with(
            new Security(
                false, false, List.of(), List.of(), List.of(options), null, null, Map.of()));
  }

  private static void assertRefused(String text, OciInputs input) {
    var refused = assertThrows(Refused.class, input::config);
    assertEquals(text, refused.failure().message());
  }
}
