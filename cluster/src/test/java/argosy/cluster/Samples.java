package argosy.cluster;

import argosy.engine.HostRequest;
import argosy.engine.HostRequest.Counts;
import argosy.engine.HostRequest.HostFacts;
import argosy.engine.container.Container;
import argosy.engine.container.Lifecycle;
import argosy.engine.image.Image;
import argosy.engine.image.ImageConfig;
import argosy.engine.network.NetworkRequest;
import argosy.engine.spec.ContainerSpec;
import argosy.engine.spec.NetworkSpec;
import argosy.engine.spec.ProcessSpec;
import argosy.engine.spec.Resources;
import argosy.engine.spec.Security;
import argosy.engine.spec.Storage;
import argosy.engine.volume.VolumeRequest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Small, whole values. */
public final class Samples {
  public static final Instant NOON = Instant.parse("2026-11-21T12:00:00.123456789Z");

  private Samples() {}

  public static ContainerSpec spec(String image, String... env) {
    return new ContainerSpec(
        image,
        new ProcessSpec(
            null,
            List.of("true"),
            List.of(env),
            "",
            List.of(),
            "",
            new ProcessSpec.Stdio(false, false, false, false, true, true),
            null,
            null,
            null),
        new ContainerSpec.Identity("", "", Map.of("app", "x"), Map.of()),
        new ContainerSpec.Isolation("", "", "", "", "", false),
        new Security(false, false, List.of(), List.of(), List.of(), null, null, Map.of()),
        Resources.NONE,
        new Storage(List.of(), List.of(), Map.of(), List.of(), Set.of(), "", Map.of()),
        network("default"),
        new ContainerSpec.LogSpec("", Map.of()),
        ContainerSpec.RestartPolicy.NONE,
        null,
        false,
        null,
        null);
  }

  public static NetworkSpec network(String mode) {
    return new NetworkSpec(
        mode, Map.of(), Set.of(), Map.of(), false, NetworkSpec.Names.NONE, "", false);
  }

  /** The same spec on another network and with other mounts. */
  public static ContainerSpec on(ContainerSpec s, String mode, String... binds) {
    return new ContainerSpec(
        s.image(),
        s.process(),
        s.identity(),
        s.isolation(),
        s.security(),
        s.resources(),
        new Storage(List.of(binds), List.of(), Map.of(), List.of(), Set.of(), "", Map.of()),
        network(mode),
        s.log(),
        s.restart(),
        s.health(),
        s.autoRemove(),
        s.runtime(),
        s.platform());
  }

  public static Container container(String id, String name, ContainerSpec spec, Lifecycle state) {
    return new Container(
        id,
        name,
        NOON,
        spec,
        "sha256:" + "a".repeat(64),
        state,
        0,
        null,
        List.of(),
        new Container.Paths("/log", "", "", "", "", "", "", ""),
        List.of(),
        null,
        null);
  }

  public static Image image(String reference) {
    return new Image(
        "sha256:" + Integer.toHexString(reference.hashCode()),
        List.of(reference),
        List.of(),
        List.of("layer"),
        List.of("sha256:diff"),
        ImageConfig.EMPTY,
        NOON,
        "",
        "amd64",
        "linux",
        null,
        "",
        null,
        1234,
        List.of());
  }

  public static NetworkRequest.Network network(String id, String name) {
    return new NetworkRequest.Network(
        id, name, "bridge", NOON, false, false, false, List.of(), Map.of(), Map.of(), Map.of());
  }

  public static VolumeRequest.Volume volume(String name) {
    return new VolumeRequest.Volume(
        name, "local", "/volumes/" + name + "/_data", NOON, Map.of(), Map.of(), false);
  }

  public static HostFacts facts(String name, int running) {
    return new HostFacts(
        "id-" + name,
        name,
        List.of(),
        4,
        8L << 30,
        "x86_64",
        "6.18",
        "Debian",
        "12",
        2,
        "/var/lib/argosy",
        Map.of("runc", "/usr/bin/runc"),
        "runc",
        List.of(),
        List.of(),
        new HostRequest.Proxies("http://xxxxx:xxxxx@proxy:3128", "", "example.org"),
        new Counts(running, 0, 0, 1),
        false,
        List.of());
  }
}
