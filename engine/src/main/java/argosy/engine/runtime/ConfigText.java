package argosy.engine.runtime;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;

/** The few words of a config.json that the driver looks at itself; "" for what is not there. */
final class ConfigText {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private ConfigText() {}

  /** The program that a container runs. */
  static String program(byte[] config) {
    return at(config, "/process/args/0");
  }

  /** The program that an OCI process object names. */
  static String processProgram(byte[] process) {
    return at(process, "/args/0");
  }

  /** The control group's path below each hierarchy. */
  static String cgroup(byte[] config) {
    return at(config, "/linux/cgroupsPath");
  }

  /** Whether mounts made in the container are to be seen outside it. */
  static boolean sharesMounts(byte[] config) {
    return at(config, "/linux/rootfsPropagation").endsWith("shared");
  }

  private static String at(byte[] json, String pointer) {
    try {
      return MAPPER.readTree(json).at(pointer).asText("");
    } catch (IOException broken) {
      return "";
    }
  }
}
