package argosy.engine.linux;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Gzip unpacked by Intel's ISA-L where the host has it (Debian: libisal2, on x86_64 and aarch64),
 * in about a third of the processor time that zlib and the JDK's Inflater take. All members are
 * read as one stream; zeros behind the last one, which tape blocks are filled up with, are passed
 * over. For one thread.
 */
public final class IsalGunzip extends InputStream {
  private static final int INPUT = 64 * 1024;
  private static final int OUTPUT = 128 * 1024;
  private static final int MAGIC = 0x1f;

  private final InputStream in;
  private final byte[] chunk = new byte[INPUT];
  private final Memory input = new Memory(INPUT);
  private final Memory output = new Memory(OUTPUT);
  private final Memory state = new Memory(State.SIZE);
  private int at;
  private int filled;
  private boolean ended;
  private boolean closed;

  private IsalGunzip(InputStream in) {
    this.in = in;
    state.clear();
    Isal.isal_inflate_init(Pointer.nativeValue(state));
    state.setInt(State.CHECKSUM, State.GZIP);
  }

  /** Empty where there is no such library, or one that is not as this class knows it. */
  public static Optional<InputStream> open(InputStream gzip) {
    return Isal.USABLE ? Optional.of(new IsalGunzip(gzip)) : Optional.empty();
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    while (at == filled && !ended) {
      inflate();
    }
    if (at == filled) {
      close();
      return -1;
    }
    int taken = Math.min(length, filled - at);
    output.read(at, bytes, offset, taken);
    at += taken;
    return taken;
  }

  /** Fills the output as far as one piece of input goes. */
  private void inflate() throws IOException {
    if (closed) {
      throw new IOException("it is closed");
    }
    if (state.getInt(State.BLOCK) == State.FINISHED && !another()) {
      ended = true;
      return;
    }
    if (state.getInt(State.INPUT_LEFT) == 0 && !more()) {
      throw new EOFException("unexpected EOF");
    }
    state.setLong(State.OUTPUT_AT, Pointer.nativeValue(output));
    state.setInt(State.OUTPUT_LEFT, OUTPUT);
    int result = Isal.isal_inflate(Pointer.nativeValue(state));
    if (result < 0 || result == State.NEEDS_DICTIONARY) {
      throw new IOException("gzip: invalid data");
    }
    at = 0;
    filled = OUTPUT - state.getInt(State.OUTPUT_LEFT);
  }

  /** Whether another member follows; then everything is set for it. */
  private boolean another() throws IOException {
    for (; ; ) {
      int left = state.getInt(State.INPUT_LEFT);
      if (left == 0) {
        if (!more()) {
          return false;
        }
        continue;
      }
      long next = state.getLong(State.INPUT_AT);
      byte first = input.getByte(next - Pointer.nativeValue(input));
      if (first == MAGIC) {
        Isal.isal_inflate_reset(Pointer.nativeValue(state));
        state.setInt(State.CHECKSUM, State.GZIP);
        return true;
      }
      if (first != 0) {
        throw new IOException("there is something else behind the gzip");
      }
      state.setLong(State.INPUT_AT, next + 1);
      state.setInt(State.INPUT_LEFT, left - 1);
    }
  }

  private boolean more() throws IOException {
    int read = in.read(chunk, 0, INPUT);
    if (read <= 0) {
      return false;
    }
    input.write(0, chunk, 0, read);
    state.setLong(State.INPUT_AT, Pointer.nativeValue(input));
    state.setInt(State.INPUT_LEFT, read);
    return true;
  }

  @Override
  public void close() throws IOException {
    if (!closed) {
      closed = true;
      ended = true;
      filled = at;
      input.close();
      output.close();
      state.close();
    }
    in.close();
  }

  /** Where things are in {@code struct inflate_state} (igzip_lib.h of version 2.30). */
  private static final class State {
    /** It has 87368 bytes; a later one may have more behind what is used here. */
    static final long SIZE = 256 * 1024;

    static final long OUTPUT_AT = 0;
    static final long OUTPUT_LEFT = 8;
    static final long INPUT_AT = 16;
    static final long INPUT_LEFT = 32;
    static final long BLOCK = 21160;
    static final long CHECKSUM = 21172;
    static final int FINISHED = 5;
    static final int GZIP = 1;
    static final int NEEDS_DICTIONARY = 6;
  }

  private static final class Isal {
    static final boolean USABLE = load() && agrees();

    private static boolean load() {
      try {
        Native.register(Isal.class, NativeLibrary.getInstance("libisal.so.2"));
        return true;
      } catch (UnsatisfiedLinkError e) {
        return false;
      }
    }

    /** Whether its structure is as expected: two members and zeros behind them come out right. */
    private static boolean agrees() {
      byte[] members =
          HexFormat.of()
              .parseHex(
                  "1f8b0800000000000003cbcf4b0500f1866c7a030000"
                      + "001f8b08000000000000032b29cf0700668aca11030000000000");
      try (var in = new IsalGunzip(new ByteArrayInputStream(members))) {
        return Arrays.equals(in.readAllBytes(), new byte[] {'o', 'n', 'e', 't', 'w', 'o'});
      } catch (IOException | IndexOutOfBoundsException e) {
        return false;
      }
    }

    static native void isal_inflate_init(long state);

    static native void isal_inflate_reset(long state);

    static native int isal_inflate(long state);
  }
}
