package argosy.engine.container;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** One line of {@code ps -ef}, read from /proc (proc(5)) without starting anything. */
record ProcessRow(String user, int pid, String stat, String cmdline) {
  static final List<String> TITLES =
      List.of("UID", "PID", "PPID", "C", "STIME", "TTY", "TIME", "CMD");

  private static final long TICKS_PER_SECOND = 100;
  private static final int FIRST_PTS = 136;
  private static final int LAST_PTS = 143;

  /** Empty when the process is gone. */
  static Optional<ProcessRow> read(int pid) {
    Path proc = Path.of("/proc", Integer.toString(pid));
    try {
      return Optional.of(
          new ProcessRow(
              Files.getOwner(proc).getName(),
              pid,
              Files.readString(proc.resolve("stat")),
              new String(Files.readAllBytes(proc.resolve("cmdline")), StandardCharsets.UTF_8)));
    } catch (IOException gone) {
      return Optional.empty();
    }
  }

  /** When this machine was started, from {@code /proc/stat}. */
  static Instant boot() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/stat"))) {
      if (line.startsWith("btime ")) {
        return Instant.ofEpochSecond(Long.parseLong(line.substring(6).strip()));
      }
    }
    throw new IOException("/proc/stat has no btime");
  }

  /** The columns, as ps shows them. */
  List<String> columns(Instant boot, Instant now, ZoneId zone) {
    // the name in parentheses may itself hold spaces and parentheses
    int end = stat.lastIndexOf(')');
    String name = stat.substring(stat.indexOf('(') + 1, end);
    String[] words = stat.substring(end + 2).split(" ");
    long used = (Long.parseLong(words[11]) + Long.parseLong(words[12])) / TICKS_PER_SECOND;
    Instant start = boot.plusMillis(Long.parseLong(words[19]) * 1000 / TICKS_PER_SECOND);
    long elapsed = Math.max(1, Duration.between(start, now).toSeconds());
    String command = cmdline.replace('\0', ' ').strip();
    return List.of(
        user,
        Integer.toString(pid),
        words[1],
        Long.toString(Math.min(99, used * 100 / elapsed)),
        started(start, now, zone),
        terminal(Integer.parseInt(words[4])),
        "%02d:%02d:%02d".formatted(used / 3600, used / 60 % 60, used % 60),
        command.isEmpty() ? "[" + name + "]" : command);
  }

  private static String started(Instant start, Instant now, ZoneId zone) {
    LocalDate today = LocalDate.ofInstant(now, zone);
    boolean sameDay = LocalDate.ofInstant(start, zone).equals(today);
    String pattern = sameDay ? "HH:mm" : "MMMdd";
    return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).format(start.atZone(zone));
  }

  private static String terminal(int number) {
    int major = number >> 8 & 0xfff;
    int minor = number & 0xff | number >> 12 & 0xfff00;
    if (major >= FIRST_PTS && major <= LAST_PTS) {
      return "pts/" + ((major - FIRST_PTS) * 256 + minor);
    }
    return number == 0 ? "?" : "tty" + minor;
  }
}
