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

  record Create(
      String name,
      String driver,
      boolean internal,
      boolean attachable,
      boolean ipv6,
      List<Pool> pools,
      Map<String, String> options,
      Map<String, String> labels)
      implements NetworkRequest<Network> {
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

  /** {@code endpoints}: by container id, of those that run now. */
  record Network(
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
    public Network {
      pools = List.copyOf(pools);
      endpoints = Map.copyOf(endpoints);
    }
  }
}
