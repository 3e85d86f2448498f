package argosy.engine.archive;

import argosy.engine.linux.IsalGunzip;
import com.github.luben.zstd.ZstdInputStream;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/** How an archive is packed, told by its first bytes and not by what somebody says about it. */
public enum Compression {
  NONE,
  GZIP,
  ZSTD,
  BZIP2,
  XZ;

  /** Bytes that tell. */
  private static final int HEAD = 6;

  /**
   * What unpacking xz may take, in KiB: {@code xz -9} needs 65 MiB, a hostile one asks for more.
   */
  private static final int XZ_MEMORY = 128 * 1024;

  private static final int BUFFER = 64 * 1024;

  /** The plain bytes of a stream that may be packed. */
  public static InputStream plain(InputStream in) throws IOException {
    var buffered = new BufferedInputStream(in, BUFFER);
    return plain(buffered, peek(buffered));
  }

  /**
   * The bytes of a layer as an image hands them on: as they came if their packing has a media type,
   * else plain (OCI image spec, layer.md). Whoever takes xz for the plain tar it is called finds
   * none.
   */
  public static InputStream carried(InputStream in) throws IOException {
    var buffered = new BufferedInputStream(in, BUFFER);
    var packed = peek(buffered);
    return packed.isCarried() ? buffered : plain(buffered, packed);
  }

  /** How a stream is packed; of the stream the first bytes are gone then. */
  public static Compression of(InputStream in) throws IOException {
    return of(in.readNBytes(HEAD));
  }

  /** Whether an image's layer may be packed so. */
  public boolean isCarried() {
    return switch (this) {
      case NONE, GZIP, ZSTD -> true;
      case BZIP2, XZ -> false;
    };
  }

  private static Compression peek(BufferedInputStream in) throws IOException {
    in.mark(HEAD);
    byte[] head = in.readNBytes(HEAD);
    in.reset();
    return of(head);
  }

  private static InputStream plain(BufferedInputStream buffered, Compression packed)
      throws IOException {
    return switch (packed) {
      case NONE -> buffered;
      case GZIP -> gunzip(buffered);
      case ZSTD -> new ZstdInputStream(buffered);
      case BZIP2 -> new BZip2CompressorInputStream(buffered, true);
      case XZ ->
          XZCompressorInputStream.builder()
              .setInputStream(buffered)
              .setDecompressConcatenated(true)
              .setMemoryLimitKiB(XZ_MEMORY)
              .get();
    };
  }

  private static InputStream gunzip(BufferedInputStream in) throws IOException {
    var fast = IsalGunzip.open(in);
    return fast.isPresent() ? fast.get() : new GzipMembers(in);
  }

  /** {@code head}: the first six bytes, or fewer where there are no more. */
  public static Compression of(byte[] head) {
    if (starts(head, 0x1f, 0x8b)) {
      return GZIP;
    }
    if (starts(head, 0x28, 0xb5, 0x2f, 0xfd)) {
      return ZSTD;
    }
    if (starts(head, 0xfd, '7', 'z', 'X', 'Z', 0)) {
      return XZ;
    }
    return starts(head, 'B', 'Z', 'h') ? BZIP2 : NONE;
  }

  private static boolean starts(byte[] head, int... magic) {
    for (int i = 0; i < magic.length; i++) {
      if (i >= head.length || (head[i] & 0xff) != magic[i]) {
        return false;
      }
    }
    return true;
  }
}
