package argosy.engine.image.manifest;

import argosy.engine.disk.Json;
import argosy.engine.image.CommitOrder;
import argosy.engine.image.ImageConfig;
import argosy.engine.spec.HealthSpec;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The configuration of an image made of a container: what the user asks for, changed by Dockerfile
 * lines, and the container's own where that leaves something open. Docker's rules. Pure.
 */
public final class ConfigMerge {
  private ConfigMerge() {}

  /** A configuration's {@code config} object; refused where a line can not be applied. */
  public static ObjectNode of(CommitOrder order) {
    var asked = order.asked() == null ? order.container() : order.asked();
    ObjectNode changed = json(asked);
    ConfigChanges.apply(order.changes(), changed);
    return json(over(ConfigFile.config(changed), order.container()));
  }

  /** What {@code asked} leaves open is {@code own}'s. */
  static ImageConfig over(ImageConfig asked, ImageConfig own) {
    boolean noEntrypoint = asked.entrypoint() == null || asked.entrypoint().isEmpty();
    boolean noCommand = asked.cmd() == null || asked.cmd().isEmpty();
    return new ImageConfig(
        asked.user().isEmpty() ? own.user() : asked.user(),
        union(asked.exposedPorts(), own.exposedPorts()),
        env(asked.env(), own.env()),
        asked.entrypoint() == null ? own.entrypoint() : asked.entrypoint(),
        noEntrypoint && noCommand ? own.cmd() : asked.cmd(),
        union(asked.volumes(), own.volumes()),
        asked.workingDir().isEmpty() ? own.workingDir() : asked.workingDir(),
        labels(asked.labels(), own.labels()),
        asked.stopSignal() == null ? own.stopSignal() : asked.stopSignal(),
        asked.shell().isEmpty() ? own.shell() : asked.shell(),
        asked.onBuild(),
        asked.health() == null ? own.health() : asked.health());
  }

  private static Set<String> union(Set<String> one, Set<String> other) {
    var both = new HashSet<>(one);
    both.addAll(other);
    return both;
  }

  private static List<String> env(List<String> asked, List<String> own) {
    var keys = asked.stream().map(ConfigMerge::key).collect(Collectors.toSet());
    var merged = new ArrayList<>(asked);
    own.stream().filter(entry -> !keys.contains(key(entry))).forEach(merged::add);
    return merged;
  }

  private static String key(String entry) {
    int equals = entry.indexOf('=');
    return equals < 0 ? entry : entry.substring(0, equals);
  }

  private static Map<String, String> labels(Map<String, String> asked, Map<String, String> own) {
    var merged = new HashMap<>(own);
    merged.putAll(asked);
    return merged;
  }

  /** As the OCI image spec writes it, what is empty left out. */
  static ObjectNode json(ImageConfig config) {
    ObjectNode json = Json.mapper().createObjectNode();
    text(json, "User", config.user());
    keys(json, "ExposedPorts", config.exposedPorts());
    list(json, "Env", config.env());
    list(json, "Entrypoint", config.entrypoint());
    list(json, "Cmd", config.cmd());
    keys(json, "Volumes", config.volumes());
    text(json, "WorkingDir", config.workingDir());
    if (!config.labels().isEmpty()) {
      ObjectNode labels = json.putObject("Labels");
      config.labels().entrySet().stream()
          .sorted(Map.Entry.comparingByKey())
          .forEach(label -> labels.put(label.getKey(), label.getValue()));
    }
    text(json, "StopSignal", config.stopSignal());
    list(json, "Shell", config.shell());
    list(json, "OnBuild", config.onBuild());
    health(json, config.health());
    return json;
  }

  private static void text(ObjectNode json, String field, @Nullable String text) {
    if (text != null && !text.isEmpty()) {
      json.put(field, text);
    }
  }

  private static void list(ObjectNode json, String field, @Nullable List<String> words) {
    if (words != null && !words.isEmpty()) {
      words.forEach(json.putArray(field)::add);
    }
  }

  private static void keys(ObjectNode json, String field, Set<String> names) {
    if (!names.isEmpty()) {
      ObjectNode object = json.putObject(field);
      names.stream().sorted().forEach(object::putObject);
    }
  }

  private static void health(ObjectNode json, @Nullable HealthSpec check) {
    if (check == null) {
      return;
    }
    ObjectNode health = json.putObject("Healthcheck");
    list(health, "Test", check.test());
    number(health, "Interval", check.interval().toNanos());
    number(health, "Timeout", check.timeout().toNanos());
    number(health, "StartPeriod", check.startPeriod().toNanos());
    number(health, "StartInterval", check.startInterval().toNanos());
    number(health, "Retries", check.retries());
  }

  private static void number(ObjectNode json, String field, long number) {
    if (number != 0) {
      json.put(field, number);
    }
  }
}
