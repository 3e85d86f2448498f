package argosy.engine.container;

import argosy.engine.container.Container.MountPoint;
import argosy.engine.container.mount.ResolvedMount;
import argosy.engine.event.Event;
import argosy.engine.event.Events;
import java.util.List;
import java.util.Map;

/** Tells the journal which volumes a run of a container uses (events API: mount, unmount). */
record VolumeNews(ContainerRecord record, Surroundings around) {

  void mounted() {
    for (MountPoint point : volumes()) {
      publish(
          "mount",
          point.name(),
          Map.of(
              "container",
              record.id(),
              "destination",
              point.destination(),
              "driver",
              point.driver(),
              "propagation",
              point.propagation(),
              "read/write",
              Boolean.toString(point.writable())));
    }
  }

  void unmounted() {
    for (MountPoint point : volumes().reversed()) {
      publish("unmount", point.name(), Map.of("container", record.id(), "driver", point.driver()));
    }
  }

  private List<MountPoint> volumes() {
    return record.mounts().stream()
        .map(ResolvedMount::point)
        .filter(point -> point.type().equals("volume"))
        .toList();
  }

  private void publish(String action, String volume, Map<String, String> attributes) {
    var event = new Event("volume", action, volume, attributes, around.clock().instant());
    around.neighbours().events().tell(new Events.Publish(event));
  }
}
