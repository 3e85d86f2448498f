package argosy.http.trial;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An {@code argosyd} in a test host, started as a user would, with roots of its own. */
final class Daemon implements AutoCloseable {
  private static final Path CHECKOUT = Path.of("..").toAbsolutePath().normalize();
  private static final String DOCKER = System.getProperty("trial.docker", "docker");

  private final Hosts hosts;
  private final int host;
  private final Path root;
  private final List<String> before;
  private final List<String> options;
  private @Nullable Process process;

  Daemon(Hosts hosts, int host, Path root, String... options) {
    this(List.of(), hosts, host, root, options);
    start();
  }

  private Daemon(List<String> before, Hosts hosts, int host, Path root, String... options) {
    this.before = before;
    this.hosts = hosts;
    this.host = host;
    this.root = root;
    this.options = List.of(options);
  }

  /** One that is not started yet, by a command that runs its arguments. */
  static Daemon by(List<String> command, Hosts hosts, int host, Path root, String... options) {
    return new Daemon(command, hosts, host, root, options);
  }

  String name() {
    return "n" + host;
  }

  String socket() {
    return "unix://" + root.resolve("run/argosy.sock");
  }

  String clusterSocket() {
    return "unix://" + root.resolve("run/cluster.sock");
  }

  String tcp() {
    return "tcp://" + hosts.address(host) + ":2375";
  }

  Path log() {
    return root.resolve("daemon.log");
  }

  /** The stock docker CLI against this daemon's socket. */
  Shell.Result docker(String... arguments) {
    return dockerAt(socket(), null, arguments);
  }

  Shell.Result dockerAt(String url, @Nullable String input, String... arguments) {
    return Shell.run(command(url, arguments), input);
  }

  /** From inside the hub, where other machines' clients would be. */
  Shell.Result dockerFromHub(String url, String... arguments) {
    return Shell.run(hosts.inside(0, command(url, arguments)));
  }

  static List<String> command(String url, String... arguments) {
    var all = new ArrayList<>(List.of(DOCKER, "-H", url));
    all.addAll(List.of(arguments));
    return all;
  }

  /** Starts it and waits until it answers. */
  void start() {
    launch();
    Shell.await("the daemon answers: " + log(), this::answers, Duration.ofSeconds(60));
  }

  /** Starts it and does not wait. */
  void launch() {
    try {
      Files.createDirectories(root.resolve("run"));
      process =
          new ProcessBuilder(startCommand())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
              .redirectInput(new File("/dev/null"))
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How long the last start took until it was ready, as it says itself. */
  long startUpMillis() {
    String ready = logText().lines().filter(it -> it.contains(" is ready on ")).toList().getLast();
    return Long.parseLong(ready.replaceFirst(".* after (\\d+) ms.*", "$1"));
  }

  List<String> startCommand() {
    var all = new ArrayList<>(before);
    all.addAll(
        List.of(
            CHECKOUT.resolve("bin/argosyd").toString(),
            "--name",
            name(),
            "--data-root",
            root.resolve("data").toString(),
            "--exec-root",
            root.resolve("run").toString(),
            "-H",
            socket(),
            "-H",
            "tcp://0.0.0.0:2375",
            "--insecure-tcp",
            "--cluster-host",
            clusterSocket()));
    all.addAll(options);
    return hosts.inside(host, all);
  }

  private @Nullable String answers() {
    if (process == null || !process.isAlive()) {
      throw new AssertionError("the daemon ended:\n" + logText());
    }
    // a CLI that is started over and over takes the processor from the daemon that comes up
    var pong = Api.of(this).call("GET", "/_ping", "");
    return pong.isPresent() && pong.get().succeeded() ? "" : null;
  }

  String logText() {
    try {
      return Files.readString(log(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "no log: " + e;
    }
  }

  long pid() {
    return process == null ? 0 : process.pid();
  }

  /** Runs it to its end, for one that must refuse to start. */
  Shell.Result refusal() {
    return Shell.run(startCommand());
  }

  /** As a crash would. */
  void kill() {
    signal("-KILL");
  }

  /** As an operator would; the exit code. */
  int terminate() {
    return signal("-TERM");
  }

  private int signal(String signal) {
    var running = process;
    if (running == null) {
      return 0;
    }
    try {
      Shell.run(List.of("kill", signal, Long.toString(running.pid()))).ok();
      if (!running.waitFor(20, TimeUnit.SECONDS)) {
        throw new AssertionError("the daemon did not end after " + signal + "\n" + logText());
      }
      process = null;
      return running.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Removes its containers, stops it, and checks that nothing of it is left on the machine. */
  @Override
  public void close() {
    if (process == null) {
      start();
    }
    var ids = docker("ps", "-aq").ok();
    if (!ids.isBlank()) {
      var arguments = new ArrayList<>(List.of("rm", "-f", "-v"));
      arguments.addAll(ids.lines().toList());
      docker(arguments.toArray(String[]::new)).ok();
    }
    Shell.await("no mount is left below " + root, () -> mountsLeft().isEmpty());
    Shell.await("no process is left that knows " + root, () -> processesLeft().isEmpty());
    Shell.await("every thread is in the daemon's namespaces", () -> threadsAbroad().isEmpty());
    terminate();
  }

  /** Whether the command line is new enough to know what is tried. */
  boolean commandLineKnows(String option, String... command) {
    var help = new ArrayList<>(List.of(command));
    help.add("--help");
    return docker(help.toArray(String[]::new)).ok().contains(option);
  }

  /**
   * What {@code docker port} prints, by inspect: command lines of different age sort it and write
   * IPv6 addresses in different ways.
   */
  String ports(String container) {
    var line = "{{$port}} -> {{.HostIp}} {{.HostPort}}{{\"\\n\"}}";
    var all = "{{range $port, $all := .NetworkSettings.Ports}}{{range $all}}%s{{end}}{{end}}";
    return docker("inspect", "-f", all.formatted(line), container)
        .ok()
        .strip()
        .replaceAll("-> (\\S*:\\S*) ", "-> [$1] ")
        .replaceAll(" (\\d+)(?m)$", ":$1");
  }

  /** Mounts of containers: root file systems and namespaces in use. */
  List<String> mountsLeft() {
    return lines(Path.of("/proc/self/mountinfo")).stream()
        .map(line -> line.split(" ")[4])
        .filter(mount -> mount.startsWith(root.resolve("data") + "/"))
        .toList();
  }

  /**
   * Threads that see other mounts or another network than the daemon, and would go on working
   * there.
   */
  private List<String> threadsAbroad() {
    Path all = Path.of("/proc", Long.toString(pid()), "task");
    try (var threads = Files.list(all)) {
      return threads
          .filter(thread ->
              Stream.of("ns/mnt", "ns/net")
                  .anyMatch(kind -> isElsewhere(thread.resolve(kind), all.resolveSibling(kind))))
          .map(thread -> text(thread.resolve("comm")).strip())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isElsewhere(Path thread, Path daemon) {
    try {
      return !Files.readSymbolicLink(thread).equals(Files.readSymbolicLink(daemon));
    } catch (IOException ended) {
      return false;
    }
  }

  /** Monitors and runtimes with this daemon's root in their command line. */
  List<String> processesLeft() {
    return ProcessHandle.allProcesses()
        .filter(it -> process == null || it.pid() != process.pid())
        .map(it -> text(Path.of("/proc", Long.toString(it.pid()), "cmdline")).replace('\0', ' '))
        .filter(line -> line.contains(root.toString()) && line.contains("conmon"))
        .toList();
  }

  private static List<String> lines(Path file) {
    return text(file).lines().toList();
  }

  private static String text(Path file) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    } catch (IOException e) {
      return ""; // the process is gone
    }
  }
}
