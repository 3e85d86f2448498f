package argosy.engine.network;

import argosy.engine.dns.NameService;
import argosy.engine.dns.Scope;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A name service that only writes down where it listens, and for what. */
final class PaperNames implements NameService {
  final Map<String, Scope> scopes = new ConcurrentHashMap<>();

  @Override
  public void listen(String namespace, Scope scope) {
    scopes.put(namespace, scope);
  }

  @Override
  public void leave(String namespace) {
    scopes.remove(namespace);
  }

  @Override
  public void close() {
    scopes.clear();
  }
}
