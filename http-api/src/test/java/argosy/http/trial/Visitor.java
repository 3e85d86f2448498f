package argosy.http.trial;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.io.File;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.slf4j.LoggerFactory;

/**
 * A Java client on a test host: its test class runs in a JVM of its own, inside that host's network
 * namespace, where the daemon's published ports and TCP sockets can be reached.
 */
final class Visitor {
  private Visitor() {}

  /**
   * Runs a test class on a host and passes its verdict on.
   *
   * @param facts system properties for the class
   * @param environment environment variables for it
   */
  static void run(
      Hosts hosts,
      int host,
      Class<?> trial,
      Map<String, String> facts,
      Map<String, String> environment) {
    var command = new ArrayList<String>();
    command.add("env");
    environment.forEach((name, value) -> command.add(name + "=" + value));
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-cp",
            absolute(System.getProperty("java.class.path"))));
    facts.forEach((name, value) -> command.add("-D" + name + "=" + value));
    command.addAll(List.of(Visitor.class.getName(), trial.getName()));
    Shell.run(hosts.inside(host, command)).ok();
  }

  private static String absolute(String classPath) {
    return String.join(
        File.pathSeparator,
        List.of(classPath.split(File.pathSeparator)).stream()
            .map(each -> Path.of(each).toAbsolutePath().toString())
            .toList());
  }

  /** In the visitor's JVM: runs the named class; exits with 1 and the failures when it fails. */
  public static void main(String[] arguments) {
    if (LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME) instanceof Logger root) {
      root.setLevel(Level.WARN);
    }
    var listener = new SummaryGeneratingListener();
    var request =
        LauncherDiscoveryRequestBuilder.request().selectors(selectClass(arguments[0])).build();
    LauncherFactory.create().execute(request, listener);
    var summary = listener.getSummary();
    summary.printFailuresTo(new PrintWriter(System.out, true), 30);
    boolean well = summary.getTotalFailureCount() == 0 && summary.getTestsSucceededCount() > 0;
    System.exit(well ? 0 : 1);
  }
}
