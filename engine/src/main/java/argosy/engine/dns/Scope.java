package argosy.engine.dns;

import java.util.List;
import java.util.Map;

/**
 * What one container may know and ask.
 *
 * @param places the networks whose names it sees, in the order they are looked through
 * @param servers the name servers the user named for it; when there are none, the host's are asked
 * @param forwards false when it is in internal networks only: then nobody else is asked
 */
public record Scope(List<Place> places, List<String> servers, boolean forwards) {
  public Scope {
    places = List.copyOf(places);
    servers = List.copyOf(servers);
  }

  /**
   * A network it is in.
   *
   * @param network its id
   * @param name what the network is called: {@code web.front} is {@code web} in {@code front}
   * @param links names that only this container uses, for names in the network
   */
  public record Place(String network, String name, Map<String, String> links) {
    public Place {
      links = Map.copyOf(links);
    }
  }
}
