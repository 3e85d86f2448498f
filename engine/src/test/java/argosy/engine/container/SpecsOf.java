package argosy.engine.container;

import argosy.engine.spec.ContainerSpec;
import argosy.engine.spec.ContainerSpec.Isolation;
import argosy.engine.spec.NetworkSpec;
import argosy.engine.spec.NetworkSpec.Binding;
import argosy.engine.spec.Port;
import argosy.engine.spec.Security;
import argosy.engine.spec.Storage;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A plain container's spec, changed in one place at a time. */
public record SpecsOf(ContainerSpec spec) {
  public static SpecsOf plain() {
    return new SpecsOf(Specs.plain("true"));
  }

  public SpecsOf with(Security security) {
    return made(spec.isolation(), security, spec.storage(), spec.network());
  }

  public SpecsOf with(Isolation isolation) {
    return made(isolation, spec.security(), spec.storage(), spec.network());
  }

  public SpecsOf inUsers(String userns) {
    return with(new Isolation("", "", "", userns, "", false));
  }

  public SpecsOf storing(String option, String value) {
    var storage =
        new Storage(List.of(), List.of(), Map.of(), List.of(), Set.of(), "", Map.of(option, value));
    return made(spec.isolation(), spec.security(), storage, spec.network());
  }

  public SpecsOf onNetwork(String mode) {
    return network(mode, spec.network().bindings());
  }

  public SpecsOf publishing(int port) {
    return network(
        spec.network().mode(), Map.of(new Port(port, "tcp"), List.of(new Binding("", "8080"))));
  }

  private SpecsOf network(String mode, Map<Port, List<Binding>> bindings) {
    var network =
        new NetworkSpec(
            mode, Map.of(), Set.of(), bindings, false, NetworkSpec.Names.NONE, "", false);
    return made(spec.isolation(), spec.security(), spec.storage(), network);
  }

  public SpecsOf under(String runtime) {
    return whole(spec.isolation(), spec.security(), spec.storage(), spec.network(), runtime, "");
  }

  public SpecsOf on(String platform) {
    return whole(spec.isolation(), spec.security(), spec.storage(), spec.network(), "", platform);
  }

  public SpecsOf logging(String option, String value) {
    return new SpecsOf(
        new ContainerSpec(
            spec.image(),
            spec.process(),
            spec.identity(),
            spec.isolation(),
            spec.security(),
            spec.resources(),
            spec.storage(),
            spec.network(),
            new ContainerSpec.LogSpec("json-file", Map.of(option, value)),
            spec.restart(),
            spec.health(),
            spec.autoRemove(),
            "",
            ""));
  }

  private SpecsOf made(
      Isolation isolation, Security security, Storage storage, NetworkSpec network) {
    return whole(isolation, security, storage, network, "", "");
  }

  private SpecsOf whole(
      Isolation isolation,
      Security security,
      Storage storage,
      NetworkSpec network,
      String runtime,
      String platform) {
    return new SpecsOf(
        new ContainerSpec(
            spec.image(),
            spec.process(),
            spec.identity(),
            isolation,
            security,
            spec.resources(),
            storage,
            network,
            spec.log(),
            spec.restart(),
            spec.health(),
            spec.autoRemove(),
            runtime,
            platform));
  }
}
