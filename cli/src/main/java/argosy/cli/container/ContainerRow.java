package argosy.cli.container;

import argosy.cli.json.Json;
import argosy.cli.output.Moment;
import argosy.cli.output.Size;
import argosy.cli.output.Span;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A container as lists show it, under the names that docker's templates use.
 *
 * @param full nothing is shortened
 */
record ContainerRow(Instant now, boolean full) {
  private static final int SHORT_ID = 12;
  private static final int SHORT_COMMAND = 20;

  Map<String, String> fields(Json container) {
    Instant created = Instant.ofEpochSecond(container.get("Created").number());
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("Command", command(container.get("Command").text()));
    fields.put("CreatedAt", Moment.listed(created));
    fields.put("ID", id(container, full));
    fields.put("Image", image(container));
    fields.put("Labels", labels(container));
    fields.put("Mounts", mounts(container));
    fields.put("Names", names(container));
    fields.put("Networks", String.join(",", networks(container)));
    fields.put("Node", container.get("Labels", "io.argosy.node").text());
    fields.put("Ports", Ports.text(container.get("Ports").list()));
    fields.put("RunningFor", Span.words(Duration.between(created, now)) + " ago");
    fields.put("Size", size(container));
    fields.put("State", container.get("State").text());
    fields.put("Status", container.get("Status").text());
    return fields;
  }

  static String id(Json container, boolean full) {
    String id = container.get("Id").text();
    return full || id.length() <= SHORT_ID ? id : id.substring(0, SHORT_ID);
  }

  private String command(String command) {
    boolean longer = !full && command.length() > SHORT_COMMAND;
    String shown = longer ? command.substring(0, SHORT_COMMAND - 1) + "…" : command;
    return "\"" + shown.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + "\"";
  }

  private String image(Json container) {
    String image = container.get("Image").text();
    if (!full && image.startsWith("sha256:") && image.length() > 19) {
      return image.substring(7, 19);
    }
    return image.isEmpty() ? "<no image>" : image;
  }

  private static String labels(Json container) {
    List<String> labels = new ArrayList<>();
    container.get("Labels").fields().forEach((name, l) -> labels.add(name + "=" + l.text()));
    return String.join(",", labels);
  }

  private static String mounts(Json container) {
    List<String> mounts = new ArrayList<>();
    for (Json mount : container.get("Mounts").list()) {
      String name = mount.get("Name").text();
      mounts.add(name.isEmpty() ? mount.get("Source").text() : name);
    }
    return String.join(",", mounts);
  }

  private static String names(Json container) {
    List<String> names = new ArrayList<>();
    for (Json name : container.get("Names").list()) {
      String plain = name.text().startsWith("/") ? name.text().substring(1) : name.text();
      if (plain.indexOf('/') < 0) {
        names.add(plain);
      }
    }
    return String.join(",", names);
  }

  private static List<String> networks(Json container) {
    return List.copyOf(container.get("NetworkSettings", "Networks").fields().keySet());
  }

  private static String size(Json container) {
    String own = Size.decimal(container.get("SizeRw").real());
    double whole = container.get("SizeRootFs").real();
    return whole > 0 ? own + " (virtual " + Size.decimal(whole) + ")" : own;
  }
}
