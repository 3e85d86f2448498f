package argosy.engine.build.context;

import argosy.engine.disk.Digest;
import argosy.engine.disk.FileStatus;
import argosy.engine.disk.HeldFile;
import argosy.engine.linux.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What files are to the build cache: names, kinds, permissions, links and content, but not times.
 * For one platform thread.
 */
public final class Fingerprint {
  private static final int BUFFER = 128 * 1024;

  private final Sha256 hash = Sha256.start();
  private final boolean owners;
  private final Ignore ignore;
  private final byte[] buffer = new byte[BUFFER];

  private Fingerprint(boolean owners, Ignore ignore) {
    this.owners = owners;
    this.ignore = ignore;
  }

  /** {@code owners}: whether users and groups count, because they are kept. */
  public static String of(List<Item> items, boolean owners) throws IOException {
    return of(items, owners, Ignore.NOTHING);
  }

  /** The same of what {@code ignore} does not leave out of the directories. */
  public static String of(List<Item> items, boolean owners, Ignore ignore) throws IOException {
    var fingerprint = new Fingerprint(owners, ignore);
    for (Item item : items) {
      fingerprint.add(
          item.name().getBytes(StandardCharsets.UTF_8),
          item.file(),
          item.nested() ? item.name() + "/" : "");
    }
    return Digest.of(fingerprint.hash).hex();
  }

  /** {@code path}: what stands before its entries' names. */
  private void add(byte[] name, HeldFile file, String path) throws IOException {
    FileStatus status = file.status();
    number(name.length);
    hash.update(name, 0, name.length);
    number(status.mode());
    if (owners) {
      number(status.uid());
      number(status.gid());
    }
    for (var attribute : file.attributes().entrySet()) {
      if (attribute.getKey().equals("security.capability")) {
        bytes(attribute.getValue());
      }
    }
    switch (status.type()) {
      case FileStatus.DIRECTORY -> directory(file, path);
      case FileStatus.SYMBOLIC_LINK -> bytes(file.target());
      case FileStatus.REGULAR -> content(file, status.size());
      case FileStatus.CHARACTER_DEVICE, FileStatus.BLOCK_DEVICE -> {
        number(status.major());
        number(status.minor());
      }
      default -> number(0);
    }
  }

  private void directory(HeldFile directory, String prefix) throws IOException {
    for (byte[] name : directory.names()) {
      try (var entry = directory.entry(name)) {
        String path =
            ignore == Ignore.NOTHING ? "" : prefix + new String(name, StandardCharsets.UTF_8);
        if (!ignore.leavesOut(path)) {
          add(name, entry, path + "/");
        } else if (entry.status().isDirectory()) {
          directory(entry, path + "/");
        }
      }
    }
    number(-1);
  }

  private void content(HeldFile file, long size) throws IOException {
    number((int) (size >>> 32));
    number((int) size);
    if (size == 0) {
      return;
    }
    try (InputStream in = file.read()) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        hash.update(buffer, 0, read);
      }
    }
  }

  private void bytes(byte[] bytes) {
    number(bytes.length);
    hash.update(bytes, 0, bytes.length);
  }

  private void number(int value) {
    hash.update(ByteBuffer.allocate(Integer.BYTES).putInt(value).array(), 0, Integer.BYTES);
  }
}
