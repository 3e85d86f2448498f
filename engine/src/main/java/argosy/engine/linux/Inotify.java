package argosy.engine.linux;

import static argosy.engine.linux.Libc.check;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Names of files that appear in one directory by being renamed into it. */
public final class Inotify {
  private static final int IN_MOVED_TO = 0x80;
  private static final int HEADER = 16;
  private static final int BUFFER = 64 * 1024;

  private final int fd;

  private Inotify(int fd) {
    this.fd = fd;
  }

  /** Watches an existing directory; {@link #fd} becomes readable when there is something. */
  public static Inotify arrivals(Path directory) {
    int fd = check("inotify_init1", Libc.inotify_init1(Libc.O_CLOEXEC | Libc.O_NONBLOCK));
    if (Libc.inotify_add_watch(fd, directory.toString(), IN_MOVED_TO) == -1) {
      int errno = Libc.errno();
      Libc.close(fd);
      throw new SystemCallFailed("inotify_add_watch " + directory, errno);
    }
    return new Inotify(fd);
  }

  public int fd() {
    return fd;
  }

  /** What has come since the last call; never waits. */
  public List<String> names() {
    var names = new ArrayList<String>();
    byte[] buffer = new byte[BUFFER];
    for (long count = Libc.read(fd, buffer, BUFFER);
        count > 0;
        count = Libc.read(fd, buffer, BUFFER)) {
      collect(ByteBuffer.wrap(buffer, 0, (int) count).order(ByteOrder.nativeOrder()), names);
    }
    return names;
  }

  private static void collect(ByteBuffer events, List<String> names) {
    while (events.remaining() >= HEADER) {
      int start = events.position();
      int length = events.getInt(start + 12);
      byte[] name = new byte[length];
      events.position(start + HEADER);
      events.get(name);
      int end = 0;
      while (end < length && name[end] != 0) {
        end++;
      }
      if (end > 0) {
        names.add(new String(name, 0, end, StandardCharsets.UTF_8));
      }
    }
  }
}
