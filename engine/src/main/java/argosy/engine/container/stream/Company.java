package argosy.engine.container.stream;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The clients attached to one container: alone, one may slow it down; together, none may. */
public final class Company {
  private final Set<Client> clients = ConcurrentHashMap.newKeySet();

  void join(Client client) {
    clients.stream().filter(Client::isStalled).forEach(Client::cutOff);
    clients.add(client);
  }

  void leave(Client client) {
    clients.remove(client);
  }

  /** What a full client's listener answers: false stalls the process, true goes on without it. */
  boolean mayStall(Client client) {
    if (clients.size() <= 1) {
      return false;
    }
    client.cutOff();
    return true;
  }

  /** The process is gone: ends those it never reached; the others hear of it after its output. */
  public void over() {
    clients.stream().filter(client -> !client.isConnected()).forEach(Client::end);
  }

  /** Ends everybody's output. */
  public void end() {
    clients.forEach(Client::end);
  }
}
