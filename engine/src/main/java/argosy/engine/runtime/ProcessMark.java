package argosy.engine.runtime;

import argosy.engine.linux.Libc;
import argosy.engine.linux.PidFd;
import argosy.engine.linux.SystemCallFailed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A process for good: pids come round again, a pid with its start time does not.
 *
 * @param started clock ticks after boot, field 22 of {@code /proc/PID/stat} (proc(5))
 */
record ProcessMark(int pid, long started) {

  /** What runs under this pid now; empty for nothing, and for a process that waits to be reaped. */
  static Optional<ProcessMark> of(int pid) {
    try {
      String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
      // the name in brackets may hold anything, so count from behind it
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
      boolean dead = fields[0].equals("Z") || fields[0].equals("X");
      return dead
          ? Optional.empty()
          : Optional.of(new ProcessMark(pid, Long.parseLong(fields[19])));
    } catch (IOException gone) {
      // ESRCH from the middle of a read has no exception class of its own
      return Optional.empty();
    }
  }

  /**
   * The process of a pid file, if its command line has {@code word} in it: a pid alone may be
   * stale.
   */
  static Optional<ProcessMark> ofPidFile(Path file, String word) {
    try {
      int pid = Integer.parseInt(Files.readString(file).strip());
      boolean same = Files.readString(Path.of("/proc/" + pid + "/cmdline")).contains(word);
      return same ? of(pid) : Optional.empty();
    } catch (IOException | NumberFormatException gone) {
      return Optional.empty();
    }
  }

  boolean isAlive() {
    return of(pid).filter(this::equals).isPresent();
  }

  /** A descriptor of the process; empty when it has ended. */
  Optional<Integer> open() {
    try {
      int fd = PidFd.open(pid);
      if (isAlive()) {
        return Optional.of(fd);
      }
      Libc.close(fd);
      return Optional.empty();
    } catch (SystemCallFailed gone) {
      return Optional.empty();
    }
  }

  void write(Path file) {
    try {
      Files.writeString(file, pid + " " + started);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** Empty when there is no such file, or nothing whole in it. */
  static Optional<ProcessMark> read(Path file) {
    try {
      String[] words = Files.readString(file).strip().split(" ");
      return words.length == 2
          ? Optional.of(new ProcessMark(Integer.parseInt(words[0]), Long.parseLong(words[1])))
          : Optional.empty();
    } catch (NoSuchFileException none) {
      return Optional.empty();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
