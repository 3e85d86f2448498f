package argosy.engine.dns;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The names of one network, case aside. Several containers may share a name, and have as many
 * addresses under it, in the order they came. Immutable.
 */
public final class NetworkNames {
  /** A network nobody is in. */
  static final NetworkNames NONE = new NetworkNames(List.of());

  private final List<Named> members;
  private final Map<String, List<String>> addresses = new HashMap<>();
  private final Map<String, String> names = new HashMap<>();

  private NetworkNames(List<Named> members) {
    this.members = List.copyOf(members);
    for (Named member : members) {
      for (String name : member.names()) {
        addresses
            .computeIfAbsent(name.toLowerCase(Locale.ROOT), _ -> new ArrayList<>())
            .addAll(member.addresses());
      }
      if (!member.names().isEmpty()) {
        member
            .addresses()
            .forEach(address -> names.putIfAbsent(address, member.names().getFirst()));
      }
    }
  }

  /**
   * An endpoint.
   *
   * @param names what it is called, the first one first
   * @param addresses of both families, in their usual form
   */
  public record Named(String endpoint, List<String> names, List<String> addresses) {
    public Named {
      names = List.copyOf(names);
      addresses = List.copyOf(addresses);
    }

    /** An endpoint with one address. */
    public Named(String endpoint, List<String> names, String address) {
      this(endpoint, names, List.of(address));
    }
  }

  /** With that endpoint, which may have had other names before. */
  NetworkNames with(Named named) {
    var all = new ArrayList<Named>();
    boolean known = false;
    for (Named member : members) {
      boolean same = member.endpoint().equals(named.endpoint());
      known |= same;
      all.add(same ? named : member);
    }
    if (!known) {
      all.add(named);
    }
    return new NetworkNames(all);
  }

  NetworkNames without(String endpoint) {
    return new NetworkNames(
        members.stream().filter(member -> !member.endpoint().equals(endpoint)).toList());
  }

  boolean isEmpty() {
    return members.isEmpty();
  }

  /** Empty when nobody is called so. {@code name}: in lower case. */
  List<String> addresses(String name) {
    return addresses.getOrDefault(name, List.of());
  }

  /** The first name of whoever has the address, "" when nobody has. */
  String name(String address) {
    return names.getOrDefault(address, "");
  }
}
