package argosy.engine.network;

import java.util.List;
import java.util.stream.Stream;

/** A container as its networks know it. {@code container}: its id. */
public record Guest(String container, String name, String hostname) {

  /** What it is called in a network, besides its aliases there: name, short id, host name. */
  List<String> names(List<String> aliases) {
    var own = Stream.of(name);
    var others = Stream.of(container.substring(0, Math.min(12, container.length())), hostname);
    return Stream.of(own, aliases.stream(), others)
        .flatMap(each -> each)
        .filter(each -> !each.isEmpty())
        .distinct()
        .toList();
  }
}
