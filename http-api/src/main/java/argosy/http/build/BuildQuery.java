package argosy.http.build;

import argosy.engine.build.BuildOptions;
import argosy.engine.build.BuildOptions.Keep;
import argosy.engine.build.BuildOptions.Limits;
import argosy.engine.failure.Failure;
import argosy.engine.failure.Refused;
import argosy.engine.image.ImageStreams.RegistryAuth;
import argosy.engine.spec.Resources.Ulimit;
import argosy.http.endpoint.Call;
import argosy.http.image.RegistryHeader;
import argosy.http.json.Json;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The query of {@code POST /build}. */
final class BuildQuery {
  private BuildQuery() {}

  static BuildOptions options(Call call) {
    return new BuildOptions(
        call.parameter("remote").orElse(""),
        call.parameter("dockerfile").filter(name -> !name.isEmpty()).orElse("Dockerfile"),
        call.query().getOrDefault("t", List.of()),
        texts(call, "buildargs"),
        texts(call, "labels"),
        call.parameter("target").orElse(""),
        !call.flag("nocache"),
        list(call, "cachefrom"),
        call.flag("pull"),
        keep(call),
        call.parameter("platform").filter(name -> !name.isEmpty()).orElse(null),
        limits(call),
        credentials(call));
  }

  private static Keep keep(Call call) {
    if (call.flag("forcerm")) {
      return Keep.NONE;
    }
    return call.flag("rm", true) ? Keep.FAILED : Keep.ALL;
  }

  private static Limits limits(Call call) {
    return new Limits(
        number(call, "memory"),
        number(call, "memswap"),
        number(call, "cpushares"),
        number(call, "cpuperiod"),
        number(call, "cpuquota"),
        call.parameter("cpusetcpus").orElse(""),
        call.parameter("cpusetmems").orElse(""),
        number(call, "shmsize"),
        call.parameter("cgroupparent").orElse(""),
        call.parameter("networkmode").orElse(""),
        extraHosts(call),
        ulimits(call));
  }

  private static List<Ulimit> ulimits(Call call) {
    var all = new ArrayList<Ulimit>();
    String text = call.parameter("ulimits").orElse("");
    if (!text.isEmpty()) {
      json(text)
          .forEach(one ->
              all.add(
                  new Ulimit(
                      one.path("Name").asText(),
                      one.path("Soft").asLong(),
                      one.path("Hard").asLong())));
    }
    return all;
  }

  /** Repeated, or one JSON array. */
  private static List<String> extraHosts(Call call) {
    var given = call.query().getOrDefault("extrahosts", List.of());
    return given.size() == 1 && given.getFirst().startsWith("[") ? list(call, "extrahosts") : given;
  }

  private static long number(Call call, String name) {
    String text = call.parameter(name).orElse("");
    try {
      return text.isEmpty() ? 0 : Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new Refused(
          new Failure.Invalid("strconv.ParseInt: parsing \"" + text + "\": invalid syntax"), e);
    }
  }

  private static JsonNode json(String text) {
    try {
      return Json.mapper().readTree(text);
    } catch (JsonProcessingException e) {
      throw new Refused(
          new Failure.Invalid("error reading the query: " + e.getOriginalMessage()), e);
    }
  }

  /** A JSON object of texts; an argument that is null is not given. */
  private static Map<String, String> texts(Call call, String name) {
    var texts = new HashMap<String, String>();
    String text = call.parameter(name).orElse("");
    if (!text.isEmpty()) {
      json(text)
          .properties()
          .forEach(entry -> {
            if (!entry.getValue().isNull()) {
              texts.put(entry.getKey(), entry.getValue().asText());
            }
          });
    }
    return texts;
  }

  private static List<String> list(Call call, String name) {
    var list = new ArrayList<String>();
    String text = call.parameter(name).orElse("");
    if (!text.isEmpty()) {
      json(text).forEach(entry -> list.add(entry.asText()));
    }
    return list;
  }

  /** {@code X-Registry-Config}: base64url of a JSON object, registries to their credentials. */
  private static Map<String, RegistryAuth> credentials(Call call) {
    var credentials = new HashMap<String, RegistryAuth>();
    call.request()
        .getHeader("X-Registry-Config")
        .ifPresent(header -> credentials.putAll(RegistryHeader.several(header.value())));
    return credentials;
  }
}
