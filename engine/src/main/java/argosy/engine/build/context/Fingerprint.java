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
  private final byte[] buffer = new byte[BUFFER];

  private Fingerprint(boolean owners) {
    this.owners = owners;
  }

  /** {@code owners}: whether users and groups count, because they are kept. */
  public static String of(List<Item> items, boolean owners) throws IOException {
    var fingerprint = new Fingerprint(owners);
    for (Item item : items) {
      fingerprint.add(item.name().getBytes(StandardCharsets.UTF_8), item.file());
    }
    return Digest.of(fingerprint.hash).hex();
  }

  private void add(byte[] name, HeldFile file) throws IOException {
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
      case FileStatus.DIRECTORY -> directory(file);
      case FileStatus.SYMBOLIC_LINK -> bytes(file.target());
      case FileStatus.REGULAR -> content(file, status.size());
      case FileStatus.CHARACTER_DEVICE, FileStatus.BLOCK_DEVICE -> {
        number(status.major());
        number(status.minor());
      }
      default -> number(0);
    }
  }

  private void directory(HeldFile directory) throws IOException {
    for (byte[] name : directory.names()) {
      try (var entry = directory.entry(name)) {
        add(name, entry);
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
