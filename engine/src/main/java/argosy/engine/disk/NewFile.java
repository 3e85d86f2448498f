package argosy.engine.disk;

import static argosy.engine.disk.ContainedTree.done;

import argosy.engine.archive.TarReader;
import argosy.engine.linux.Libc;
import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import java.time.Instant;
import java.util.Map;

/** A regular file that was just made and is being filled. For one platform thread. */
final class NewFile implements TarReader.Sink, AutoCloseable {
  /** From here on the kernel is told to begin writing to the disk, so that a sync finds little. */
  private static final long LARGE = 1 << 20;

  private static final int SYNC_FILE_RANGE_WRITE = 2;

  private final EntryPath path;
  private final int fd;
  private final Memory scratch;
  private long position;
  private long written;

  /** Takes over a descriptor; {@code scratch} is where bytes wait for the kernel. */
  NewFile(EntryPath path, int fd, Memory scratch) {
    this.path = path;
    this.fd = fd;
    this.scratch = scratch;
  }

  int fd() {
    return fd;
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    for (int done = 0; done < length; ) {
      int piece = (int) Math.min(length - done, scratch.size());
      scratch.write(0, bytes, offset + done, piece);
      done += flush(piece);
    }
    position += length;
    written += length;
  }

  private int flush(int length) {
    long from = Pointer.nativeValue(scratch);
    int done = 0;
    while (done < length) {
      int taken = (int) Libc.write(fd, from + done, length - done);
      done("write", path, taken);
      done += taken;
    }
    return done;
  }

  /** What is passed over is a hole; at the file's end too. */
  @Override
  public void seek(long offset) {
    if (offset != position) {
      done("truncate", path, Libc.ftruncate(fd, offset));
      done("seek", path, (int) Math.min(0, Libc.lseek(fd, offset, 0)));
      position = offset;
    }
  }

  void owner(int uid, int gid) {
    done("chown", path, Libc.fchown(fd, uid, gid));
  }

  void mode(int mode) {
    done("chmod", path, Libc.fchmod(fd, mode));
  }

  void attributes(Map<String, byte[]> attributes, AttributeLoss loss) {
    attributes.forEach((name, value) ->
        loss.judge(
            "setxattr " + name + " " + path, Libc.fsetxattr(fd, name, value, value.length, 0)));
  }

  void modified(Instant time) {
    done("futimens", path, Libc.futimens(fd, Times.in(scratch, time)));
  }

  @Override
  public void close() {
    if (written >= LARGE) {
      Libc.sync_file_range(
          fd, 0, 0, SYNC_FILE_RANGE_WRITE); // a hint: without it a sync takes longer
    }
    Libc.close(fd);
  }
}
