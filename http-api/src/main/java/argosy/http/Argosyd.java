package argosy.http;

import argosy.engine.EngineConfig;
import argosy.engine.HostEngine;
import argosy.engine.failure.Refused;
import argosy.http.log.PlainLog;
import argosy.http.transport.ListenFailure;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;

/** The daemon's main: reads options, starts everything, waits for a signal, stops everything. */
public final class Argosyd {
  private static final long LONGEST_STOP_SECONDS = 20;

  private Argosyd() {}

  /** Exits 0 after SIGTERM or SIGINT, 1 when it can not start, 2 when the options make no sense. */
  public static void main(String[] arguments) {
    System.exit(run(arguments));
  }

  private static int run(String[] arguments) {
    Thread.ofPlatform().daemon().name("defaults").start(Settings::readDefaults);
    var commandLine = new CommandLine(CommandLineSpec.create());
    try {
      var options = commandLine.parseArgs(arguments);
      if (options.hasMatchedOption(CommandLineSpec.HELP)) {
        commandLine.usage(System.out);
        return 0;
      }
      if (options.hasMatchedOption(CommandLineSpec.VERSION)) {
        System.out.println("argosyd " + Release.VERSION);
        return 0;
      }
      return sail(Settings.of(options));
    } catch (CommandLine.ParameterException e) {
      System.err.println("argosyd: " + e.getMessage() + " (--help shows the options)");
      return 2;
    } catch (NotStarted | ListenFailure | Refused | ConfigException | IllegalArgumentException e) {
      System.err.println("argosyd: " + e.getMessage());
      return 1;
    } catch (RuntimeException | Error e) {
      // other threads may live: without an exit they would keep the process and its lock
      LoggerFactory.getLogger(Argosyd.class).debug("could not start", e);
      System.err.println("argosyd: could not start: " + e);
      return 1;
    }
  }

  private static int sail(Config config) {
    refuseUnlessRoot();
    if (config.getBoolean("argosy.engine.debug")) {
      PlainLog.debug();
    }
    var daemon = new Daemon(config, Argosyd::engine);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(daemon), "stop"));
    System.out.printf("argosyd is ready on %s after %d ms%n", daemon.described(), sinceStart());
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    return 0;
  }

  /** Runs on SIGTERM, SIGINT and SIGHUP, where the JVM alone would exit with 128 + the signal. */
  private static void stop(Daemon daemon) {
    haltIfStuck();
    daemon.close();
    Runtime.getRuntime().halt(0);
  }

  static LocalHost engine(EngineConfig config, Config all) {
    var engine = HostEngine.start(config, all);
    return new LocalHost(engine, engine.system(), engine.id(), engine.name(), engine);
  }

  private static long sinceStart() {
    return System.currentTimeMillis() - ManagementFactory.getRuntimeMXBean().getStartTime();
  }

  private static void refuseUnlessRoot() {
    try {
      var uid = Files.getAttribute(Path.of("/proc/self"), "unix:uid");
      if (!Integer.valueOf(0).equals(uid)) {
        throw new NotStarted("must run as root: containers need mounts, namespaces and cgroups");
      }
    } catch (IOException e) {
      throw new NotStarted("/proc can not be read: " + e.getMessage(), e);
    }
  }

  /** A part that does not stop must not keep the others' files and ports for ever. */
  private static void haltIfStuck() {
    Thread.ofPlatform()
        .daemon()
        .name("stop deadline")
        .start(() -> {
          try {
            TimeUnit.SECONDS.sleep(LONGEST_STOP_SECONDS);
            System.err.println(
                "argosyd: could not stop within " + LONGEST_STOP_SECONDS + " s, gives up");
            Runtime.getRuntime().halt(1);
          } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
          }
        });
  }
}
