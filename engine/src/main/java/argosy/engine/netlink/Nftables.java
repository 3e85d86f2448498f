package argosy.engine.netlink;

import argosy.engine.linux.FailPoint;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The packet filter through libnftables(3), in the namespace of the thread that opened it. One
 * transaction at a time; safe for any thread.
 */
final class Nftables {
  static {
    Native.register(Nftables.class, "libnftables.so.1");
  }

  private final Pointer context;
  private final ReentrantLock lock = new ReentrantLock();

  private Nftables(Pointer context) {
    this.context = context;
  }

  /** For as long as the process lives: its descriptor must stay below 1024 (select(2)). */
  static Nftables open() {
    var filter = new Nftables(nft_ctx_new(0));
    nft_ctx_buffer_output(filter.context);
    nft_ctx_buffer_error(filter.context);
    return filter;
  }

  /** Carries out all of the commands or none of them; throws with nft's own words. */
  void run(String commands) {
    if (commands.isEmpty()) {
      return;
    }
    FailPoint.before("packet filter");
    lock.lock();
    try {
      if (nft_run_cmd_from_buffer(context, commands) != 0) {
        throw new IllegalStateException(
            "nftables refused: " + nft_ctx_get_error_buffer(context).strip());
      }
    } finally {
      nft_ctx_get_output_buffer(context);
      nft_ctx_get_error_buffer(context);
      lock.unlock();
    }
  }

  private static native Pointer nft_ctx_new(int flags);

  private static native int nft_ctx_buffer_output(Pointer context);

  private static native int nft_ctx_buffer_error(Pointer context);

  /** Reading a buffer empties it. */
  private static native String nft_ctx_get_output_buffer(Pointer context);

  private static native String nft_ctx_get_error_buffer(Pointer context);

  private static native int nft_run_cmd_from_buffer(Pointer context, String commands);
}
