package argosy.cluster.whole;

import argosy.engine.container.Container;
import argosy.engine.network.NetworkRequest.Network;
import argosy.engine.spec.ContainerSpec;
import argosy.engine.spec.ProcessSpec;
import argosy.engine.volume.VolumeRequest.Volume;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Things with their node in their labels. */
final class Labelled {
  /** The label that names the node. */
  static final String NODE = "io.argosy.node";

  private Labelled() {}

  static Container container(Container c, String node) {
    return new Container(
        c.id(),
        c.name(),
        c.created(),
        spec(c.spec(), c.spec().process(), with(c.spec().identity().labels(), NODE, node)),
        c.imageId(),
        c.state(),
        c.restartCount(),
        c.sandbox(),
        c.mounts(),
        c.paths(),
        c.execs(),
        c.health(),
        c.sizes());
  }

  /** The spec with another process and other labels. */
  static ContainerSpec spec(ContainerSpec s, ProcessSpec process, Map<String, String> labels) {
    var identity =
        new ContainerSpec.Identity(
            s.identity().hostname(), s.identity().domainname(), labels, s.identity().annotations());
    return new ContainerSpec(
        s.image(),
        process,
        identity,
        s.isolation(),
        s.security(),
        s.resources(),
        s.storage(),
        s.network(),
        s.log(),
        s.restart(),
        s.health(),
        s.autoRemove(),
        s.runtime(),
        s.platform());
  }

  static ProcessSpec process(ProcessSpec p, List<String> env) {
    return new ProcessSpec(
        p.entrypoint(),
        p.cmd(),
        env,
        p.user(),
        p.groupAdd(),
        p.workingDir(),
        p.stdio(),
        p.stopSignal(),
        p.stopTimeout(),
        p.consoleSize());
  }

  static Volume volume(Volume v, String node) {
    return new Volume(
        v.name(),
        v.driver(),
        v.mountpoint(),
        v.created(),
        with(v.labels(), NODE, node),
        v.options(),
        v.anonymous());
  }

  /** One network that several nodes have under the same name, with everybody who is on it. */
  static Network network(Map<String, Network> byNode) {
    Network first = byNode.values().iterator().next();
    var endpoints = new HashMap<String, argosy.engine.network.Endpoint>();
    byNode.values().forEach(network -> endpoints.putAll(network.endpoints()));
    return first.shown(with(first.labels(), NODE, String.join(",", byNode.keySet())), endpoints);
  }

  static Map<String, String> with(Map<String, String> labels, String key, String value) {
    var all = new HashMap<>(labels);
    all.put(key, value);
    return all;
  }
}
