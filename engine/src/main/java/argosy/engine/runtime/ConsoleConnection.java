package argosy.engine.runtime;

import argosy.engine.failure.Failure;
import argosy.engine.failure.Refused;
import argosy.engine.linux.Libc;
import argosy.engine.linux.Poller;
import argosy.engine.linux.SocketCalls;
import argosy.engine.linux.SystemCallFailed;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection to a monitor's attach socket. A packet from it is one byte (2 for stdout, 3 for
 * stderr) and output; what is sent to it is input as it is.
 *
 * <p>The monitor waits for each of its connections, and the container with it. So a listener that
 * pauses is read for all the same, up to {@link #BUFFERED} bytes; then the container is held up, as
 * with a pipe, and after the given patience the connection is closed and the container goes on.
 *
 * <p>All state belongs to the poller's thread.
 */
final class ConsoleConnection implements Console {
  /** Bytes kept for a listener that has paused. */
  static final int BUFFERED = 1 << 20;

  private static final Logger LOG = LoggerFactory.getLogger(ConsoleConnection.class);
  private static final int PACKET = 1 + 8192;
  private static final int BURST = 64;
  private static final int INPUT = 32768;
  private static final byte STDERR = 3;
  private static final int MSG_NOSIGNAL = 0x4000;
  private static final int SHUT_WR = 1;

  private final Poller poller;
  private final int fd;
  private final Listener listener;
  private final Duration patience;
  private final boolean endsInput;
  private final Runnable onClose;
  private final byte[] packet = new byte[PACKET];
  private final Deque<Output> held = new ArrayDeque<>();
  private final Deque<Input> unsent = new ArrayDeque<>();
  private Poller.@Nullable Registration registration;
  private Poller.@Nullable Timer stall;
  private int heldBytes;
  private boolean paused;
  private boolean atEnd;
  private boolean closed;
  private boolean retired;

  private record Output(boolean stderr, byte[] bytes) {}

  /** {@code bytes} null: the end of input. */
  private record Input(
      byte @Nullable [] bytes, int offset, int length, CompletableFuture<Void> sent) {}

  /**
   * Takes a connected socket over.
   *
   * @param endsInput its end may be the container's end of input. The monitor takes every
   *     connection's end for that, so one that must not is kept and read until the container ends
   * @param onClose called once, on the poller's thread, when the descriptor is closed
   */
  ConsoleConnection(
      Poller poller,
      int fd,
      Listener listener,
      Duration patience,
      boolean endsInput,
      Runnable onClose) {
    this.poller = poller;
    this.fd = fd;
    this.listener = listener;
    this.patience = patience;
    this.endsInput = endsInput;
    this.onClose = onClose;
  }

  /** Begins to read. On the poller's thread. */
  void begin() {
    registration = poller.register(fd, Poller.IN, this::ready);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    for (int done = 0; done < length; done += INPUT) {
      var sent = new CompletableFuture<Void>();
      var input = new Input(bytes, offset + done, Math.min(INPUT, length - done), sent);
      poller.execute(() -> send(input));
      Waiting.on(sent);
    }
  }

  @Override
  public void endInput() {
    poller.execute(() -> send(new Input(null, 0, 0, new CompletableFuture<>())));
  }

  @Override
  public void resume() {
    poller.execute(this::goOn);
  }

  @Override
  public void close() {
    poller.execute(this::leave);
  }

  /** Reads all that has come, so that the listener has it before it hears of the exit. */
  void drain() {
    while (!atEnd && !closed && receive()) {
      // one packet at a time
    }
    finishIfDone();
  }

  private void ready(int events) {
    if ((events & Poller.OUT) != 0) {
      flush();
    }
    if ((events & Poller.IN) != 0 && !atEnd) {
      for (int i = 0; i < BURST && !atEnd && !closed && heldBytes < BUFFERED && receive(); i++) {
        // level-triggered: what is left is told of again
      }
      finishIfDone();
    }
    chooseEvents();
  }

  /** False when there is nothing to read now. */
  private boolean receive() {
    long count = SocketCalls.recv(fd, packet, PACKET, 0);
    if (count > 0) {
      take(new Output(packet[0] == STDERR, Arrays.copyOfRange(packet, 1, (int) count)));
      return true;
    }
    int errno = count == 0 ? 0 : Libc.errno();
    if (errno == SystemCallFailed.EAGAIN || errno == SystemCallFailed.EINTR) {
      return false;
    }
    atEnd = true;
    return false;
  }

  private void take(Output output) {
    if (retired || output.bytes().length == 0) {
      return;
    }
    if (paused) {
      held.add(output);
      heldBytes += output.bytes().length;
    } else {
      paused = !listener.output(output.stderr(), output.bytes());
    }
  }

  private void goOn() {
    paused = retired;
    while (!paused && !closed && !held.isEmpty()) {
      Output next = held.remove();
      heldBytes -= next.bytes().length;
      paused = !listener.output(next.stderr(), next.bytes());
    }
    finishIfDone();
    chooseEvents();
  }

  private void finishIfDone() {
    if (atEnd && held.isEmpty() && !closed) {
      release();
      if (!retired) {
        listener.closed();
      }
    }
  }

  private void chooseEvents() {
    if (closed || registration == null) {
      return;
    }
    boolean full = heldBytes >= BUFFERED;
    registration.want((full || atEnd ? 0 : Poller.IN) | (unsent.isEmpty() ? 0 : Poller.OUT));
    if (full && stall == null) {
      stall = poller.schedule(patience, this::giveUp);
    } else if (!full && stall != null) {
      stall.cancel();
      stall = null;
    }
  }

  private void giveUp() {
    if (!closed && !retired) {
      LOG.warn("A client took no output for {} and is disconnected", patience);
      leave();
      listener.closed();
    }
  }

  private void send(Input input) {
    unsent.add(input);
    flush();
    chooseEvents();
  }

  private void flush() {
    while (!unsent.isEmpty()) {
      Input next = unsent.element();
      int errno = closed || retired ? SystemCallFailed.EPIPE : transmit(next);
      if (errno == SystemCallFailed.EAGAIN) {
        return;
      }
      unsent.remove();
      if (errno == 0) {
        next.sent().complete(null);
      } else {
        next.sent().completeExceptionally(new Refused(new Failure.Conflict("stdin is closed")));
      }
    }
  }

  private int transmit(Input input) {
    byte[] bytes = input.bytes();
    if (bytes == null) {
      return SocketCalls.shutdown(fd, SHUT_WR) == 0 ? 0 : Libc.errno();
    }
    if (input.length() == 0) {
      return 0;
    }
    byte[] part =
        input.offset() == 0
            ? bytes
            : Arrays.copyOfRange(bytes, input.offset(), input.offset() + input.length());
    return SocketCalls.send(fd, part, input.length(), MSG_NOSIGNAL) < 0 ? Libc.errno() : 0;
  }

  /** Nobody listens any more. */
  private void leave() {
    if (endsInput || atEnd) {
      release();
      return;
    }
    retired = true;
    held.clear();
    heldBytes = 0;
    flush();
    chooseEvents();
  }

  private void release() {
    if (closed) {
      return;
    }
    closed = true;
    held.clear();
    heldBytes = 0;
    if (stall != null) {
      stall.cancel();
    }
    if (registration != null) {
      registration.close();
    }
    flush();
    onClose.run();
  }
}
