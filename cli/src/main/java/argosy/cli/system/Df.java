package argosy.cli.system;

import argosy.cli.client.Target;
import argosy.cli.command.Command;
import argosy.cli.command.Form;
import argosy.cli.command.Invocation;
import argosy.cli.json.Json;
import argosy.cli.output.Listing;
import argosy.cli.output.Size;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Shows what lies on the disk, and how much of it nobody uses. */
public final class Df implements Command {
  @Override
  public Form form() {
    return new Form("system df", "Show what takes space on the disk")
        .flag("-v --verbose", "Every container and volume by itself")
        .value("--format", "FORMAT", "table, json, or a template such as {{.Type}}")
        .operands("", 0);
  }

  @Override
  public int run(Invocation invocation) throws IOException {
    Json usage = invocation.daemon().get(Target.of("system", "df")).json();
    var out = invocation.console().out();
    out.print(summary(usage).text(invocation.arguments().text("--format")));
    if (invocation.arguments().flag("--verbose")) {
      out.print("\nContainers:\n" + containers(usage).text(""));
      out.print("\nVolumes:\n" + volumes(usage).text(""));
    }
    return 0;
  }

  private static Listing summary(Json usage) {
    var listing =
        new Listing()
            .column("Type", "TYPE")
            .column("TotalCount", "TOTAL")
            .column("Active", "ACTIVE")
            .column("Size", "SIZE")
            .column("Reclaimable", "RECLAIMABLE");
    var images = usage.get("Images").list();
    long used = images.stream().filter(image -> image.get("Containers").number() > 0).count();
    long unused =
        images.stream()
            .filter(image -> image.get("Containers").number() <= 0)
            .mapToLong(
                image -> image.get("Size").number() - Math.max(0, image.get("SharedSize").number()))
            .sum();
    listing.add(row("Images", images.size(), used, usage.get("LayersSize").number(), unused));
    var containers = usage.get("Containers").list();
    long running = containers.stream().filter(Df::runs).count();
    long resting =
        containers.stream()
            .filter(container -> !runs(container))
            .mapToLong(container -> container.get("SizeRw").number())
            .sum();
    listing.add(row("Containers", containers.size(), running, sum(containers, "SizeRw"), resting));
    var volumes = usage.get("Volumes").list();
    long held = volumes.stream().filter(Df::held).count();
    long free =
        volumes.stream()
            .filter(volume -> !held(volume))
            .mapToLong(volume -> volume.get("UsageData", "Size").number())
            .sum();
    long all = volumes.stream().mapToLong(it -> it.get("UsageData", "Size").number()).sum();
    listing.add(row("Local Volumes", volumes.size(), held, all, free));
    var cache = usage.get("BuildCache").list();
    long inUse = cache.stream().filter(entry -> entry.get("InUse").flag()).count();
    long idle =
        cache.stream()
            .filter(entry -> !entry.get("InUse").flag())
            .mapToLong(entry -> entry.get("Size").number())
            .sum();
    listing.add(row("Build Cache", cache.size(), inUse, sum(cache, "Size"), idle));
    return listing;
  }

  private static boolean runs(Json container) {
    return List.of("running", "paused", "restarting").contains(container.get("State").text());
  }

  private static boolean held(Json volume) {
    return volume.get("UsageData", "RefCount").number() > 0;
  }

  private static long sum(List<Json> things, String field) {
    return things.stream().mapToLong(thing -> thing.get(field).number()).sum();
  }

  private static Map<String, String> row(
      String type, int total, long active, long size, long reclaimable) {
    Map<String, String> row = new LinkedHashMap<>();
    row.put("Type", type);
    row.put("TotalCount", Integer.toString(total));
    row.put("Active", Long.toString(active));
    row.put("Size", Size.decimal(size));
    long share = size > 0 ? reclaimable * 100 / size : 0;
    row.put("Reclaimable", Size.decimal(reclaimable) + (size > 0 ? " (" + share + "%)" : ""));
    return row;
  }

  private static Listing containers(Json usage) {
    var listing =
        new Listing()
            .column("ID", "CONTAINER ID")
            .column("Image", "IMAGE")
            .column("Size", "SIZE")
            .column("Status", "STATUS")
            .column("Names", "NAMES");
    for (Json container : usage.get("Containers").list()) {
      String id = container.get("Id").text();
      listing.add(
          Map.of(
              "ID",
              id.substring(0, Math.min(12, id.length())),
              "Image",
              container.get("Image").text(),
              "Size",
              Size.decimal(container.get("SizeRw").number()),
              "Status",
              container.get("Status").text(),
              "Names",
              container.get("Names").list().stream()
                  .findFirst()
                  .map(name -> name.text().replaceFirst("^/", ""))
                  .orElse("")));
    }
    return listing;
  }

  private static Listing volumes(Json usage) {
    var listing =
        new Listing().column("Name", "VOLUME NAME").column("Links", "LINKS").column("Size", "SIZE");
    for (Json volume : usage.get("Volumes").list()) {
      listing.add(
          Map.of(
              "Name",
              volume.get("Name").text(),
              "Links",
              volume.get("UsageData", "RefCount").text(),
              "Size",
              Size.decimal(volume.get("UsageData", "Size").number())));
    }
    return listing;
  }
}
