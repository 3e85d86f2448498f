package argosy.engine.linux;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import java.lang.ref.Cleaner;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * SHA-256 of a stream of bytes, by the host's libcrypto where there is one: Java's own runs at
 * about 15 MB/s when the JVM has only its first compiler, which the daemon is started with for a
 * quick start, and an image's every byte is digested twice. For one thread at a time.
 */
public abstract sealed class Sha256 {
  private static final int LENGTH = 32;

  private Sha256() {}

  /** A calculation over no bytes yet. */
  public static Sha256 start() {
    return Crypto.DIGEST.<Sha256>map(OpenSsl::new).orElseGet(Portable::new);
  }

  /** What {@link #start} gives where there is no libcrypto. */
  static Sha256 portable() {
    return new Portable();
  }

  public abstract void update(byte[] bytes, int offset, int length);

  /** The 32 bytes of the digest; ends the calculation. */
  public abstract byte[] digest();

  private static final class Portable extends Sha256 {
    private final MessageDigest digest;

    Portable() {
      try {
        digest = MessageDigest.getInstance("SHA-256");
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("this Java knows no SHA-256", e);
      }
    }

    @Override
    public void update(byte[] bytes, int offset, int length) {
      digest.update(bytes, offset, length);
    }

    @Override
    public byte[] digest() {
      return digest.digest();
    }
  }

  private static final class OpenSsl extends Sha256 {
    private static final Cleaner CLEANER = Cleaner.create();

    private static final int BUFFER = 64 * 1024;

    private final Pointer context = Crypto.EVP_MD_CTX_new();
    private final long address = Pointer.nativeValue(context);
    private final Cleaner.Cleanable cleanable;
    private @Nullable Memory scratch;

    OpenSsl(Pointer digest) {
      Pointer freed = context;
      cleanable = CLEANER.register(this, () -> Crypto.EVP_MD_CTX_free(freed));
      check(Crypto.EVP_DigestInit_ex(context, digest, null));
    }

    @Override
    public void update(byte[] bytes, int offset, int length) {
      // an array as an argument is copied whole, and back again
      var filled = scratch == null ? new Memory(BUFFER) : scratch;
      scratch = filled;
      for (int done = 0; done < length; ) {
        int piece = Math.min(length - done, BUFFER);
        filled.write(0, bytes, offset + done, piece);
        check(Crypto.EVP_DigestUpdate(address, Pointer.nativeValue(filled), piece));
        done += piece;
      }
    }

    @Override
    public byte[] digest() {
      byte[] result = new byte[LENGTH];
      check(Crypto.EVP_DigestFinal_ex(context, result, null));
      cleanable.clean();
      if (scratch != null) {
        scratch.close();
      }
      return result;
    }

    private static void check(int success) {
      if (success != 1) {
        throw new IllegalStateException("libcrypto does not digest");
      }
    }
  }

  /** libcrypto's functions, the same in OpenSSL 1.1 and 3 (EVP_DigestInit(3)). */
  private static final class Crypto {
    static final Optional<Pointer> DIGEST = load();

    private static Optional<Pointer> load() {
      for (String name : List.of("libcrypto.so.3", "libcrypto.so.1.1")) {
        try {
          Native.register(Crypto.class, NativeLibrary.getInstance(name));
          return Optional.of(EVP_sha256());
        } catch (UnsatisfiedLinkError e) {
          continue;
        }
      }
      return Optional.empty();
    }

    static native Pointer EVP_sha256();

    static native Pointer EVP_MD_CTX_new();

    static native void EVP_MD_CTX_free(Pointer context);

    static native int EVP_DigestInit_ex(Pointer context, Pointer digest, @Nullable Pointer engine);

    static native int EVP_DigestUpdate(long context, long bytes, long length);

    static native int EVP_DigestFinal_ex(Pointer context, byte[] result, @Nullable Pointer length);
  }
}
