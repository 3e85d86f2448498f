package argosy.engine.network;

import argosy.engine.failure.Done;
import argosy.engine.protocol.Request;
import argosy.engine.spec.NetworkSpec.EndpointSpec;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What can be asked about networks. References are names, ids or unique id prefixes. */
public sealed interface NetworkRequest<R> extends Request<R> {

  record Find(Map<String, List<String>> filters) implements NetworkRequest<Listed> {
    @Override
    public Class<Listed> reply() {
      return Listed.class;
    }
  }

  record Inspect(String reference) implements NetworkRequest<Network> {
    @Override
    public Class<Network> reply() {
      return Network.class;
    }
  }

  /**
   * {@code configOnly}: only a template for others; {@code configFrom}: the template's name, or "".
   */
  record Create(
      String name,
      String driver,
      boolean internal,
      boolean attachable,
      boolean withoutIpv4,
      boolean ipv6,
      List<Pool> pools,
      Map<String, String> ipamOptions,
      Map<String, String> options,
      Map<String, String> labels,
      boolean configOnly,
      String configFrom)
      implements NetworkRequest<Network> {
    public Create {
      ipamOptions = ipamOptions == null ? Map.of() : Map.copyOf(ipamOptions);
      configFrom = configFrom == null ? "" : configFrom;
    }

    /** A network that stands for itself and has IPv4. */
    public Create(
        String name,
        String driver,
        boolean internal,
        boolean attachable,
        boolean ipv6,
        List<Pool> pools,
        Map<String, String> options,
        Map<String, String> labels) {
      this(
          name,
          driver,
          internal,
          attachable,
          false,
          ipv6,
          pools,
          Map.of(),
          options,
          labels,
          false,
          "");
    }

    /** The same with other options of the driver, and these families. */
    Create with(Map<String, String> others, boolean noIpv4, boolean hasIpv6) {
      return new Create(
          name,
          driver,
          internal,
          attachable,
          noIpv4,
          hasIpv6,
          pools,
          ipamOptions,
          others,
          labels,
          configOnly,
          configFrom);
    }

    @Override
    public Class<Network> reply() {
      return Network.class;
    }
  }

  record Remove(String reference) implements NetworkRequest<Done> {
    @Override
    public Class<Done> reply() {
      return Done.class;
    }
  }

  record Connect(String reference, String container, EndpointSpec endpoint)
      implements NetworkRequest<Done> {
    @Override
    public Class<Done> reply() {
      return Done.class;
    }
  }

  record Disconnect(String reference, String container, boolean force)
      implements NetworkRequest<Done> {
    @Override
    public Class<Done> reply() {
      return Done.class;
    }
  }

  record Prune(Map<String, List<String>> filters) implements NetworkRequest<Pruned> {
    @Override
    public Class<Pruned> reply() {
      return Pruned.class;
    }
  }

  record Pruned(List<String> names) {
    public Pruned {
      names = List.copyOf(names);
    }
  }

  record Listed(List<Network> networks) {
    public Listed {
      networks = List.copyOf(networks);
    }
  }

  /** An address pool; everything but the subnet may be "". */
  record Pool(String subnet, String range, String gateway, Map<String, String> auxiliary) {}

  /**
   * A network.
   *
   * @param withoutIpv4 true: its endpoints have IPv6 addresses only
   * @param configOnly true: nobody can be in it, others take their settings from it
   * @param configFrom the network it has its settings from, or ""
   * @param endpoints by container id, of those that run now
   */
  record Network(
      String id,
      String name,
      String driver,
      Instant created,
      boolean internal,
      boolean attachable,
      boolean withoutIpv4,
      boolean ipv6,
      List<Pool> pools,
      Map<String, String> ipamOptions,
      Map<String, String> options,
      Map<String, String> labels,
      boolean configOnly,
      String configFrom,
      Map<String, Endpoint> endpoints) {
    public Network {
      pools = List.copyOf(pools);
      ipamOptions = ipamOptions == null ? Map.of() : Map.copyOf(ipamOptions);
      configFrom = configFrom == null ? "" : configFrom;
      endpoints = Map.copyOf(endpoints);
    }

    /** A network that stands for itself and has IPv4. */
    public Network(
        String id,
        String name,
        String driver,
        Instant created,
        boolean internal,
        boolean attachable,
        boolean ipv6,
        List<Pool> pools,
        Map<String, String> options,
        Map<String, String> labels,
        Map<String, Endpoint> endpoints) {
      this(
          id,
          name,
          driver,
          created,
          internal,
          attachable,
          false,
          ipv6,
          pools,
          Map.of(),
          options,
          labels,
          false,
          "",
          endpoints);
    }

    /** The same with other labels, and these containers in it. */
    public Network shown(Map<String, String> others, Map<String, Endpoint> inhabitants) {
      return new Network(
          id,
          name,
          driver,
          created,
          internal,
          attachable,
          withoutIpv4,
          ipv6,
          pools,
          ipamOptions,
          options,
          others,
          configOnly,
          configFrom,
          inhabitants);
    }

    /** The same under another network's identity. */
    public Network as(Network other) {
      return new Network(
          other.id,
          name,
          driver,
          other.created,
          internal,
          attachable,
          withoutIpv4,
          ipv6,
          pools,
          ipamOptions,
          options,
          labels,
          configOnly,
          configFrom,
          endpoints);
    }
  }
}
