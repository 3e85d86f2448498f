package argosy.engine.oci;

import argosy.engine.oci.HostFacts.Kernel;
import argosy.engine.oci.Namespaces.Namespace;
import argosy.engine.spec.ContainerSpec;
import argosy.engine.spec.ContainerSpec.Identity;
import argosy.engine.spec.ContainerSpec.Isolation;
import argosy.engine.spec.ContainerSpec.LogSpec;
import argosy.engine.spec.ContainerSpec.RestartPolicy;
import argosy.engine.spec.NetworkSpec;
import argosy.engine.spec.ProcessSpec;
import argosy.engine.spec.ProcessSpec.Stdio;
import argosy.engine.spec.Resources;
import argosy.engine.spec.Security;
import argosy.engine.spec.Storage;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Inputs for tests: a plain container, and how it differs. */
record OciInputs(
    Security security, Resources resources, Isolation isolation, boolean tty, List<String> env) {
  static final Security PLAIN =
      new Security(false, false, List.of(), List.of(), List.of(), null, null, Map.of());
  static final HostFacts HOST =
      new HostFacts(
          1,
          "x86_64",
          new Kernel(6, 1),
          false,
          null,
          new HashSet<>(CapabilitySet.KNOWN),
          List.of(new DeviceNode("/dev/vda", 'b', 254, 0, 0660, 0, 6)));

  static OciInputs plain() {
    return new OciInputs(
        PLAIN, Resources.NONE, new Isolation("", "", "", "", "", false), false, List.of());
  }

  OciInputs with(Security other) {
    return new OciInputs(other, resources, isolation, tty, env);
  }

  OciInputs with(Resources other) {
    return new OciInputs(security, other, isolation, tty, env);
  }

  OciInputs with(Isolation other) {
    return new OciInputs(security, resources, other, tty, env);
  }

  OciInputs onTerminal(String... variables) {
    return new OciInputs(security, resources, isolation, true, List.of(variables));
  }

  ContainerSpec spec() {
    return new ContainerSpec(
        "busybox",
        new ProcessSpec(
            null,
            List.of("true"),
            env,
            "",
            List.of(),
            "",
            new Stdio(tty, false, false, false, true, true),
            null,
            null,
            List.of(24, 80)),
        new Identity("box", "sea", Map.of(), Map.of("k", "v")),
        isolation,
        security,
        resources,
        new Storage(List.of(), List.of(), Map.of(), List.of(), Set.of(), "", Map.of()),
        new NetworkSpec(
            "none", Map.of(), Set.of(), Map.of(), false, NetworkSpec.Names.NONE, "", false),
        new LogSpec("json-file", Map.of()),
        RestartPolicy.NONE,
        null,
        false,
        null,
        null);
  }

  OciConfig config(MountPoint... mounts) {
    return OciTranslation.config(
        new OciInput(
            "abc",
            spec(),
            "/roots/abc",
            "box",
            UserIds.ROOT,
            List.of(mounts),
            List.of(),
            new Namespaces(
                new Namespace.Entered("/run/netns/x"),
                new Namespace.Own(),
                new Namespace.Own(),
                new Namespace.Own(),
                new Namespace.Host()),
            HOST));
  }
}
