package argosy.engine.runtime;

import argosy.engine.linux.SeccompFilter;
import argosy.engine.linux.SeccompFilter.Argument;
import argosy.engine.linux.SystemCallFailed;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Spares crun the compiling of a seccomp profile at each start, which costs it 10 to 20 ms of CPU:
 * each profile is compiled once and handed over in an annotation that crun takes instead of the
 * profile. The program is the same that crun's own libseccomp would make of it.
 */
final class CompiledSeccomp {
  private static final Logger LOG = LoggerFactory.getLogger(CompiledSeccomp.class);
  private static final String ANNOTATION = "run.oci.seccomp_bpf_data";
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final int EPERM = 1;

  private static final Map<String, Integer> ACTIONS =
      Map.of(
          "SCMP_ACT_KILL", 0,
          "SCMP_ACT_KILL_THREAD", 0,
          "SCMP_ACT_KILL_PROCESS", 0x80000000,
          "SCMP_ACT_TRAP", 0x00030000,
          "SCMP_ACT_ERRNO", 0x00050000,
          "SCMP_ACT_TRACE", 0x7ff00000,
          "SCMP_ACT_LOG", 0x7ffc0000,
          "SCMP_ACT_ALLOW", 0x7fff0000);

  private static final Map<String, Integer> OPERATORS =
      Map.of(
          "SCMP_CMP_NE", 1,
          "SCMP_CMP_LT", 2,
          "SCMP_CMP_LE", 3,
          "SCMP_CMP_EQ", 4,
          "SCMP_CMP_GE", 5,
          "SCMP_CMP_GT", 6,
          "SCMP_CMP_MASKED_EQ", 7);

  private static final Map<String, Integer> ARCHITECTURES =
      Map.of(
          "SCMP_ARCH_X86", 0x40000003,
          "SCMP_ARCH_X86_64", 0xc000003e,
          "SCMP_ARCH_X32", 0x4000003e,
          "SCMP_ARCH_ARM", 0x40000028,
          "SCMP_ARCH_AARCH64", 0xc00000b7);

  private final Path directory;
  private final Map<String, String> compiled = new ConcurrentHashMap<>();

  /** {@code directory}: where compiled programs are kept until the next boot. */
  CompiledSeccomp(Path directory) {
    this.directory = directory;
  }

  /** The same configuration with its profile compiled; as it was when it can not be. */
  byte[] in(byte[] config) {
    try {
      JsonNode json = MAPPER.readTree(config);
      JsonNode profile = json.path("linux").path("seccomp");
      boolean usual = profile.isObject() && !profile.has("flags") && !profile.has("listenerPath");
      if (!usual || !SeccompFilter.isAvailable()) {
        return config;
      }
      String program = compiled.computeIfAbsent(key(profile), key -> program(key, profile));
      ((ObjectNode) json.path("linux")).remove("seccomp");
      ((ObjectNode) json).withObjectProperty("annotations").put(ANNOTATION, program);
      return MAPPER.writeValueAsBytes(json);
    } catch (SystemCallFailed | IllegalArgumentException unusual) {
      LOG.debug("crun compiles this seccomp profile itself: {}", unusual.getMessage());
      return config;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private String program(String key, JsonNode profile) {
    Path file = directory.resolve(key);
    try {
      if (!Files.exists(file)) {
        Places.make(directory);
        Path fresh = directory.resolve(UUID.randomUUID() + ".new");
        try {
          compile(profile, fresh);
          Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
          Files.deleteIfExists(fresh);
        }
      }
      return Base64.getEncoder().encodeToString(Files.readAllBytes(file));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static void compile(JsonNode profile, Path file) {
    int usual = action(profile.path("defaultAction"), profile.path("defaultErrnoRet"));
    try (var filter = SeccompFilter.startingWith(usual)) {
      profile
          .path("architectures")
          .forEach(name -> filter.architecture(number(ARCHITECTURES, name.asText())));
      for (JsonNode call : profile.path("syscalls")) {
        int action = action(call.path("action"), call.path("errnoRet"));
        if (action != usual) {
          for (JsonNode name : call.path("names")) {
            arguments(call.path("args"))
                .forEach(arguments -> filter.rule(action, name.asText(), arguments));
          }
        }
      }
      filter.export(file);
    }
  }

  /** Comparisons of different arguments hold together; of the same one, each for itself. */
  private static List<List<Argument>> arguments(JsonNode nodes) {
    var all = new ArrayList<Argument>();
    Set<Integer> indexes = new HashSet<>();
    for (JsonNode node : nodes) {
      int operator = number(OPERATORS, node.path("op").asText());
      int index = node.path("index").asInt();
      indexes.add(index);
      all.add(
          new Argument(
              index, operator, node.path("value").asLong(), node.path("valueTwo").asLong()));
    }
    return indexes.size() == all.size()
        ? List.of(List.copyOf(all))
        : all.stream().map(List::of).toList();
  }

  private static int action(JsonNode name, JsonNode errno) {
    int action = number(ACTIONS, name.asText());
    boolean carriesErrno =
        name.asText().equals("SCMP_ACT_ERRNO") || name.asText().equals("SCMP_ACT_TRACE");
    return carriesErrno ? action | errno.asInt(EPERM) : action;
  }

  private static int number(Map<String, Integer> table, String name) {
    return Optional.ofNullable(table.get(name))
        .orElseThrow(() -> new IllegalArgumentException("unknown seccomp word " + name));
  }

  private static String key(JsonNode profile) {
    try {
      byte[] text = profile.toString().getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
