package argosy.http.container;

import argosy.engine.spec.ContainerSpec;
import argosy.engine.spec.ContainerSpec.RestartPolicy;
import argosy.http.answer.Refusal;

/** Options that exclude each other, refused in Docker's words. */
final class Conflicts {
  private Conflicts() {}

  static void check(ContainerSpec spec) {
    Refusal.when(
        spec.autoRemove() && spec.restart().name() != RestartPolicy.Name.NO,
        "can't create 'AutoRemove' container with restart policy");
    Refusal.when(
        spec.isolation().uts().equals("host") && !spec.identity().hostname().isEmpty(),
        "conflicting options: hostname and the UTS mode");
    String mode = spec.network().mode();
    if (mode.startsWith("container:")) {
      borrowedNetwork(spec);
    } else if (mode.equals("host")) {
      Refusal.when(
          !spec.network().names().links().isEmpty(),
          "conflicting options: host type networking can't be used with links. This would result"
              + " in undefined behavior");
    }
  }

  private static void borrowedNetwork(ContainerSpec spec) {
    var network = spec.network();
    var names = network.names();
    Refusal.when(
        network.mode().length() == "container:".length(),
        "Invalid network mode: invalid container format container:<name|id>");
    Refusal.when(
        !spec.identity().hostname().isEmpty(),
        "conflicting options: hostname and the network mode");
    Refusal.when(
        !names.links().isEmpty(),
        "conflicting options: container type network can't be used with links. This would result"
            + " in undefined behavior");
    Refusal.when(!names.dns().isEmpty(), "conflicting options: dns and the network mode");
    Refusal.when(
        !names.extraHosts().isEmpty(),
        "conflicting options: custom host-to-IP mapping and the network mode");
    Refusal.when(
        !network.macAddress().isEmpty(), "conflicting options: mac-address and the network mode");
    Refusal.when(
        !network.bindings().isEmpty() || network.publishAll(),
        "conflicting options: port publishing and the container type network mode");
    Refusal.when(
        !network.exposed().isEmpty(),
        "conflicting options: port exposing and the container type network mode");
  }
}
