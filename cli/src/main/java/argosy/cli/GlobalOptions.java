package argosy.cli;

import java.util.List;

/**
 * What stands before the command. Read by hand: it is four options, and picocli would have to build
 * a second model for them on every start.
 *
 * @param host "" when not given; so is node
 * @param rest the command and all that follows
 */
record GlobalOptions(
    String host, String node, boolean cluster, boolean help, boolean version, List<String> rest) {

  /**
   * @throws IllegalArgumentException for an option that is not one of them, or lacks its value
   */
  static GlobalOptions parse(List<String> args) {
    String host = "";
    String node = "";
    boolean cluster = false;
    int at = 0;
    while (at < args.size() && args.get(at).startsWith("-")) {
      String option = args.get(at++);
      int equals = option.indexOf('=');
      String name = equals < 0 ? option : option.substring(0, equals);
      switch (name) {
        case "--cluster" -> cluster = true;
        case "--help", "-h" -> {
          return new GlobalOptions(host, node, cluster, true, false, args.subList(at, args.size()));
        }
        case "--version", "-v" -> {
          return new GlobalOptions(host, node, cluster, false, true, List.of());
        }
        case "-H", "--host", "--node" -> {
          if (equals < 0 && at == args.size()) {
            throw new IllegalArgumentException("option " + name + " needs a value");
          }
          String value = equals < 0 ? args.get(at++) : option.substring(equals + 1);
          host = name.equals("--node") ? host : value;
          node = name.equals("--node") ? value : node;
        }
        default ->
            throw new IllegalArgumentException(
                "unknown option " + name + " before the command; see argosy --help");
      }
    }
    return new GlobalOptions(host, node, cluster, false, false, args.subList(at, args.size()));
  }
}
