package argosy.engine.container;

import argosy.engine.cgroup.Cgroup;
import argosy.engine.container.ContainerRequest.Processes;
import argosy.engine.failure.Failure;
import argosy.engine.failure.Refused;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** {@code docker top}: the processes of one container, as the host's ps shows them; blocks. */
record ProcessTable(int pid) {
  private static final int PATIENCE_SECONDS = 20;

  /** Refused when ps does not like its arguments, or shows no PID. */
  Processes list(String arguments) {
    String words = arguments.isBlank() ? "-ef" : arguments.strip();
    if (words.equals("-ef")) {
      return standard();
    }
    var command = new ArrayList<>(List.of("ps"));
    command.addAll(List.of(words.split("\\s+")));
    return table(run(command).lines().toList(), pids());
  }

  private Processes standard() {
    try {
      Instant boot = ProcessRow.boot();
      return new Processes(
          ProcessRow.TITLES,
          pids().stream()
              .sorted()
              .flatMap(each -> ProcessRow.read(each).stream())
              .map(row -> row.columns(boot, Instant.now(), ZoneId.systemDefault()))
              .toList());
    } catch (IOException e) {
      throw new UncheckedIOException("the container's processes can not be read", e);
    }
  }

  private static String run(List<String> command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
        process.destroyForcibly();
        throw new Refused(new Failure.Internal("ps: " + firstLine(output)));
      }
      return output;
    } catch (IOException e) {
      throw new Refused(
          new Failure.Internal("listing processes needs the ps command on the host: " + e), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Refused(new Failure.Unavailable("interrupted"), e);
    }
  }

  /** The fault; what follows is how to use ps. */
  static String firstLine(String output) {
    return output.strip().lines().findFirst().orElse("it did not end");
  }

  /** The rows of those pids, columns cut as the titles say; the last column keeps its spaces. */
  static Processes table(List<String> lines, Set<Integer> pids) {
    if (lines.isEmpty()) {
      throw new Refused(new Failure.Internal("ps printed nothing"));
    }
    List<String> titles = List.of(lines.getFirst().strip().split("\\s+"));
    int column = titles.indexOf("PID");
    if (column < 0) {
      throw new Refused(new Failure.Internal("Couldn't find PID field in ps output"));
    }
    var rows = new ArrayList<List<String>>();
    for (String line : lines.subList(1, lines.size())) {
      List<String> row = List.of(line.strip().split("\\s+", titles.size()));
      if (row.size() > column && isOne(row.get(column), pids)) {
        rows.add(row);
      }
    }
    return new Processes(titles, rows);
  }

  private static boolean isOne(String text, Set<Integer> pids) {
    try {
      return pids.contains(Integer.parseInt(text));
    } catch (NumberFormatException e) {
      return false;
    }
  }

  private Set<Integer> pids() {
    try {
      var directories =
          Cgroup.directories(Files.readAllLines(Path.of("/proc/" + pid + "/cgroup")), Cgroup.ROOT);
      for (String controller : List.of("pids", "memory", "cpu", "")) {
        Path group = directories.get(controller);
        if (group != null && Files.exists(group.resolve("cgroup.procs"))) {
          var pids = new HashSet<Integer>();
          for (String line : Files.readAllLines(group.resolve("cgroup.procs"))) {
            pids.add(Integer.parseInt(line.strip()));
          }
          return pids;
        }
      }
      return Set.of(pid);
    } catch (IOException e) {
      throw new UncheckedIOException("the container's processes can not be read", e);
    }
  }
}
