package argosy.cli.image;

import argosy.cli.client.Target;
import argosy.cli.command.Command;
import argosy.cli.command.Filters;
import argosy.cli.command.Form;
import argosy.cli.command.Invocation;
import argosy.cli.json.Json;
import argosy.cli.output.Listing;
import argosy.cli.output.Moment;
import argosy.cli.output.Size;
import argosy.cli.output.Span;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/** Lists images. */
public final class Images implements Command {
  @Override
  public Form form() {
    return new Form("images", "List images")
        .flag("-a --all", "Show intermediate ones too")
        .flag("-q --quiet", "Print ids only")
        .flag("--no-trunc", "Shorten nothing")
        .flag("--digests", "Show digests")
        .list("-f --filter", "NAME=VALUE", "Only those that fit")
        .value("--format", "FORMAT", "table, json, or a template such as {{.Repository}}")
        .operands("[REPOSITORY[:TAG]]", 0, 1);
  }

  @Override
  public int run(Invocation invocation) throws IOException {
    var arguments = invocation.arguments();
    List<String> filters = new ArrayList<>(arguments.list("--filter"));
    arguments.operands().forEach(name -> filters.add("reference=" + name));
    Target target =
        Target.of("images", "json")
            .with("all", arguments.flag("--all"))
            .with("digests", arguments.flag("--digests"))
            .withText("filters", Filters.parameter(filters));
    List<Map<String, String>> rows = new ArrayList<>();
    Instant now = invocation.clock().instant();
    boolean full = arguments.flag("--no-trunc");
    invocation.daemon().get(target).json().list().forEach(i -> rows.addAll(rows(i, now, full)));
    var out = invocation.console().out();
    if (arguments.flag("--quiet")) {
      var ids = new LinkedHashSet<String>();
      rows.forEach(row -> ids.add(row.getOrDefault("ID", "")));
      ids.forEach(out::println);
      return 0;
    }
    Listing listing = columns(arguments.flag("--digests"), invocation.cluster());
    rows.forEach(listing::add);
    out.print(listing.text(arguments.text("--format")));
    return 0;
  }

  private static Listing columns(boolean digests, boolean cluster) {
    Listing listing = new Listing().column("Repository", "REPOSITORY").column("Tag", "TAG");
    if (digests) {
      listing.column("Digest", "DIGEST");
    }
    listing.column("ID", "IMAGE ID");
    if (cluster) {
      listing.column("Node", "NODE");
    }
    return listing.column("CreatedSince", "CREATED").column("Size", "SIZE");
  }

  /** One row for each of its names. */
  static List<Map<String, String>> rows(Json image, Instant now, boolean full) {
    List<Reference> names = new ArrayList<>();
    image.get("RepoTags").list().forEach(t -> names.add(Reference.parse(t.text())));
    Map<String, String> digests = new LinkedHashMap<>();
    for (Json digest : image.get("RepoDigests").list()) {
      Reference reference = Reference.parse(digest.text());
      digests.put(reference.name(), reference.tag());
    }
    if (names.isEmpty()) {
      digests.keySet().forEach(name -> names.add(new Reference(name, "<none>")));
    }
    if (names.isEmpty()) {
      names.add(new Reference("<none>", "<none>"));
    }
    List<Map<String, String>> rows = new ArrayList<>();
    for (Reference name : names) {
      rows.add(row(image, name, digests.getOrDefault(name.name(), "<none>"), now, full));
    }
    return rows;
  }

  private static Map<String, String> row(
      Json image, Reference name, String digest, Instant now, boolean full) {
    Instant created = Instant.ofEpochSecond(image.get("Created").number());
    String id = image.get("Id").text();
    int hex = id.indexOf(':') + 1;
    Map<String, String> row = new LinkedHashMap<>();
    row.put("CreatedAt", Moment.listed(created));
    row.put("CreatedSince", Span.words(Duration.between(created, now)) + " ago");
    row.put("Digest", digest);
    row.put("ID", full || id.length() < hex + 12 ? id : id.substring(hex, hex + 12));
    row.put("Node", image.get("Labels", "io.argosy.node").text());
    row.put("Repository", name.name());
    row.put("Size", Size.decimal(image.get("Size").real()));
    row.put("Tag", name.tag());
    return row;
  }
}
