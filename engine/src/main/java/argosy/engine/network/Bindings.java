package argosy.engine.network;

import argosy.engine.spec.NetworkSpec;
import argosy.engine.spec.NetworkSpec.Binding;
import argosy.engine.spec.Port;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Which ports are to be published, and where. Pure. */
final class Bindings {
  private static final List<Binding> ANYWHERE = List.of(new Binding("", ""));

  private Bindings() {}

  /** In the order of the ports; with {@code -P} the exposed ones that nobody bound too. */
  static Map<Port, List<Binding>> of(NetworkSpec spec) {
    var all =
        new TreeMap<Port, List<Binding>>(
            Comparator.comparing(Port::protocol).thenComparing(Port::number));
    spec.bindings().forEach((port, asked) -> all.put(port, asked.isEmpty() ? ANYWHERE : asked));
    if (spec.publishAll()) {
      spec.exposed().forEach(port -> all.putIfAbsent(port, ANYWHERE));
    }
    return all;
  }
}
