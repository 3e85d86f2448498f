package argosy.cli.container;

import argosy.cli.command.Arguments;
import argosy.cli.json.Json;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** HostConfig: what a container has to do with its host. */
record HostBody(Arguments arguments) {
  private static final long BILLION = 1_000_000_000;

  Map<String, Object> fields() throws IOException {
    Fields host = new Fields(arguments);
    CreateFlags.fill(host, CreateFlag.Place.HOST);
    made(host);
    host.putAll("Ulimits", arguments.list("--ulimit").stream().map(HostBody::ulimit).toList())
        .putAll("Devices", arguments.list("--device").stream().map(HostBody::device).toList())
        .putAll("BlkioWeightDevice", rates("--blkio-weight-device", "Weight", false))
        .putAll("BlkioDeviceReadBps", rates("--device-read-bps", "Rate", true))
        .putAll("BlkioDeviceWriteBps", rates("--device-write-bps", "Rate", true))
        .putAll("BlkioDeviceReadIOps", rates("--device-read-iops", "Rate", false))
        .putAll("BlkioDeviceWriteIOps", rates("--device-write-iops", "Rate", false))
        .putAll("DeviceRequests", gpus());
    security(host);
    host.putAll("Binds", MountSpecs.binds(arguments.list("--volume")))
        .putAll("Mounts", arguments.list("--mount").stream().map(MountSpecs::mount).toList())
        .putAll("Tmpfs", MountSpecs.tmpfs(arguments.list("--tmpfs")))
        .putAll("PortBindings", PortSpecs.bindings(arguments));
    logging(host);
    return host.map();
  }

  /** The part that an update sends. */
  Map<String, Object> limits() {
    Fields host = new Fields(arguments);
    CreateFlags.LIMITS.stream()
        .filter(flag -> flag.place() == CreateFlag.Place.HOST)
        .forEach(flag -> flag.into(host));
    made(host);
    return host.map();
  }

  /** Limits that are more than a word. */
  private void made(Fields host) {
    if (arguments.has("--cpus")) {
      host.put("NanoCpus", nanoCpus(arguments.text("--cpus")));
    }
    restart(host);
  }

  /** {@code DEVICE:NUMBER} each; {@code size}: the number may have a suffix. */
  private List<Map<String, Object>> rates(String option, String field, boolean size) {
    List<Map<String, Object>> rates = new ArrayList<>();
    for (String text : arguments.list(option)) {
      int colon = text.lastIndexOf(':');
      if (colon < 1) {
        throw new IllegalArgumentException(option + ": \"" + text + "\" is not DEVICE:NUMBER");
      }
      String number = text.substring(colon + 1);
      long rate = size ? Fields.bytes(option, number) : Fields.wholeNumber(option, number);
      rates.add(ordered("Path", text.substring(0, colon), field, rate));
    }
    return rates;
  }

  private List<Map<String, Object>> gpus() {
    String which = arguments.text("--gpus");
    if (which.isEmpty()) {
      return List.of();
    }
    long count = which.equals("all") ? -1 : Fields.wholeNumber("--gpus", which);
    return List.of(ordered("Count", count, "Capabilities", List.of(List.of("gpu"))));
  }

  private static long nanoCpus(String text) {
    try {
      return new BigDecimal(text).multiply(BigDecimal.valueOf(BILLION)).longValueExact();
    } catch (ArithmeticException | NumberFormatException e) {
      throw new IllegalArgumentException("--cpus: \"" + text + "\" is no number of CPUs", e);
    }
  }

  private static Map<String, Object> ulimit(String text) {
    int equals = text.indexOf('=');
    if (equals < 0) {
      throw new IllegalArgumentException("--ulimit: \"" + text + "\" is not NAME=SOFT[:HARD]");
    }
    String[] limits = text.substring(equals + 1).split(":", 2);
    long soft = Fields.wholeNumber("--ulimit", limits[0]);
    long hard = limits.length > 1 ? Fields.wholeNumber("--ulimit", limits[1]) : soft;
    return ordered("Name", text.substring(0, equals), "Soft", soft, "Hard", hard);
  }

  private static Map<String, Object> device(String text) {
    String[] parts = text.split(":", 3);
    boolean rights = parts.length == 2 && parts[1].matches("[rwm]{1,3}");
    String inside = parts.length > 1 && !rights ? parts[1] : parts[0];
    String permissions = rights ? parts[1] : parts.length > 2 ? parts[2] : "rwm";
    return ordered(
        "PathOnHost", parts[0], "PathInContainer", inside, "CgroupPermissions", permissions);
  }

  /** Whose paths in /proc and /sys are open is told as two empty lists, as docker does. */
  private void security(Fields host) throws IOException {
    List<String> options = securityOptions();
    if (options.remove("systempaths=unconfined")) {
      host.put("MaskedPaths", List.of()).put("ReadonlyPaths", List.of());
    }
    host.putAll("SecurityOpt", options);
  }

  /** A seccomp profile travels as its content: the daemon may be on another host. */
  private List<String> securityOptions() throws IOException {
    List<String> options = new ArrayList<>();
    for (String option : arguments.list("--security-opt")) {
      String profile = option.replaceFirst("^seccomp[=:]", "");
      boolean file = profile.length() < option.length() && !profile.matches("unconfined|builtin");
      options.add(
          file ? "seccomp=" + Json.parse(Files.readString(Path.of(profile))).compact() : option);
    }
    return options;
  }

  private void restart(Fields host) {
    if (!arguments.has("--restart")) {
      return;
    }
    String[] policy = arguments.text("--restart").split(":", 2);
    long retries = policy.length > 1 ? Fields.wholeNumber("--restart", policy[1]) : 0;
    host.put("RestartPolicy", ordered("Name", policy[0], "MaximumRetryCount", retries));
  }

  private void logging(Fields host) {
    Fields log = new Fields(arguments).text("Type", "--log-driver").map("Config", "--log-opt");
    host.putAll("LogConfig", log.map());
  }

  private static Map<String, Object> ordered(Object... namesAndValues) {
    Map<String, Object> fields = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      fields.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return fields;
  }
}
