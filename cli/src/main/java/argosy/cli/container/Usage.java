package argosy.cli.container;

import argosy.cli.json.Json;
import argosy.cli.output.Size;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.LinkedHashMap;
import java.util.Map;

/** One sample of the stats stream, in the figures that docker makes of it. */
record Usage(Json sample) {

  Map<String, String> fields(boolean full) {
    String id = sample.get("id").text();
    String name = sample.get("name").text();
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("ID", full || id.length() < 12 ? id : id.substring(0, 12));
    fields.put("Name", name.startsWith("/") ? name.substring(1) : name);
    fields.put("CPUPerc", percent(processor()));
    double limit = sample.get("memory_stats", "limit").real();
    fields.put("MemUsage", Size.binary(memory()) + " / " + Size.binary(limit));
    fields.put("MemPerc", percent(limit > 0 ? memory() / limit * 100 : 0));
    fields.put(
        "NetIO", Size.decimal(network("rx_bytes")) + " / " + Size.decimal(network("tx_bytes")));
    fields.put("BlockIO", Size.decimal(block("read")) + " / " + Size.decimal(block("write")));
    fields.put("PIDs", String.valueOf(sample.get("pids_stats", "current").number()));
    return fields;
  }

  private static String percent(double value) {
    return BigDecimal.valueOf(value).setScale(2, RoundingMode.HALF_UP) + "%";
  }

  private double processor() {
    double used = delta("cpu_usage", "total_usage");
    double whole = delta("system_cpu_usage");
    Json now = sample.get("cpu_stats");
    double cores = now.get("online_cpus").real();
    if (cores == 0) {
      cores = now.get("cpu_usage", "percpu_usage").list().size();
    }
    return used > 0 && whole > 0 ? used / whole * cores * 100 : 0;
  }

  private double delta(String... path) {
    return sample.get("cpu_stats").get(path).real() - sample.get("precpu_stats").get(path).real();
  }

  /** Without the page cache that can be given back at once. */
  private double memory() {
    double used = sample.get("memory_stats", "usage").real();
    Json stats = sample.get("memory_stats", "stats");
    double cache =
        stats.get("total_inactive_file").present()
            ? stats.get("total_inactive_file").real()
            : stats.get("inactive_file").real();
    return cache < used ? used - cache : used;
  }

  private double network(String counter) {
    return sample.get("networks").fields().values().stream()
        .mapToDouble(card -> card.get(counter).real())
        .sum();
  }

  private double block(String operation) {
    return sample.get("blkio_stats", "io_service_bytes_recursive").list().stream()
        .filter(entry -> entry.get("op").text().equalsIgnoreCase(operation))
        .mapToDouble(entry -> entry.get("value").real())
        .sum();
  }
}
