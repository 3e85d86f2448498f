package argosy.engine.container;

import argosy.engine.container.mount.ResolvedMount;
import argosy.engine.event.Event;
import argosy.engine.event.Events;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What others see of a container: its face, and its events. */
final class View {
  private View() {}

  static Container of(
      ContainerRecord record, ContainerState state, List<String> execs, Surroundings around) {
    var locations = around.roots().locations(record.id(), record.layers());
    Path directory = around.containers().resolve(record.id());
    String log = record.spec().log().driver().equals("none") ? "" : around.log(record).toString();
    var lower = locations.lower().stream().map(Path::toString).toList();
    return new Container(
        record.id(),
        record.name(),
        record.created(),
        record.spec(),
        record.imageId(),
        state.life(),
        state.restartCount(),
        state.sandbox(),
        record.mounts().stream().filter(ResolvedMount::listed).map(ResolvedMount::point).toList(),
        new Container.Paths(
            log,
            directory.resolve("resolv.conf").toString(),
            directory.resolve("hostname").toString(),
            directory.resolve("hosts").toString(),
            String.join(":", lower),
            locations.upper().toString(),
            locations.work().toString(),
            locations.merged().toString()),
        execs,
        state.health(),
        null);
  }

  /** Tells the journal; every event carries the image, the name and the labels. */
  static void publish(
      ContainerRecord record, String action, Map<String, String> more, Surroundings around) {
    var attributes = new HashMap<>(record.spec().identity().labels());
    attributes.put("image", record.spec().image());
    attributes.put("name", record.name());
    attributes.putAll(more);
    var event = new Event("container", action, record.id(), attributes, around.clock().instant());
    around.neighbours().events().tell(new Events.Publish(event));
  }
}
