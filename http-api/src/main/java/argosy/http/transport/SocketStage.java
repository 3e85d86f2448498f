package argosy.http.transport;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.FlowShape;
import org.apache.pekko.stream.Inlet;
import org.apache.pekko.stream.Outlet;
import org.apache.pekko.stream.stage.AsyncCallback;
import org.apache.pekko.stream.stage.GraphStage;
import org.apache.pekko.stream.stage.GraphStageLogic;
import org.apache.pekko.stream.stage.InHandler;
import org.apache.pekko.stream.stage.OutHandler;
import org.apache.pekko.stream.stage.TimerGraphStageLogic;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * A connected socket as a flow: what goes in is written, what comes out was read. Each half ends by
 * itself. The socket is closed when both have ended, when the far side vanished, or when the {@link
 * Lifeline} is cut; what fails instead of ending resets a TCP connection. The bytes are moved on
 * the stage's own thread.
 */
public final class SocketStage extends GraphStage<FlowShape<ByteString, ByteString>> {
  private static final int READ_SIZE = 64 * 1024;
  private static final ThreadLocal<ByteBuffer> BUFFER =
      ThreadLocal.withInitial(() -> ByteBuffer.allocateDirect(READ_SIZE));

  private final Inlet<ByteString> in = Inlet.create("Socket.in");
  private final Outlet<ByteString> out = Outlet.create("Socket.out");
  private final FlowShape<ByteString, ByteString> shape = FlowShape.of(in, out);
  private final SocketChannel channel;
  private final Readiness readiness;
  private final Lifeline lifeline;
  private final Duration linger;

  /**
   * @param channel connected and non-blocking; owned by the stage from here on
   * @param linger after the last byte is written: how long unread bytes of the far side are thrown
   *     away before the socket is closed, because closing over them would lose what was written
   */
  public SocketStage(
      SocketChannel channel, Readiness readiness, Lifeline lifeline, Duration linger) {
    this.channel = channel;
    this.readiness = readiness;
    this.lifeline = lifeline;
    this.linger = linger;
  }

  @Override
  public FlowShape<ByteString, ByteString> shape() {
    return shape;
  }

  @Override
  public GraphStageLogic createLogic(Attributes attributes) {
    return new Logic();
  }

  private final class Logic extends TimerGraphStageLogic implements InHandler, OutHandler {
    private final AsyncCallback<Integer> ready = createAsyncCallback(this::onReady);
    private final AsyncCallback<Boolean> cut = createAsyncCallback(_ -> completeStage());
    private final AsyncCallback<Boolean> hungUp = createAsyncCallback(_ -> onHangup());
    private Runnable farEnd = () -> {};
    private Readiness.@Nullable Watch watch;
    private ByteBuffer @Nullable [] pending;
    private boolean written;
    private boolean ended;
    private boolean vanished;
    private boolean broken;

    private Logic() {
      super(shape);
      setHandler(in, this);
      setHandler(out, this);
    }

    @Override
    public void preStart() throws IOException {
      setKeepGoing(true);
      watch = readiness.watch(channel, ready::invoke);
      farEnd = readiness.farEnds().watch(channel, () -> hungUp.invoke(true));
      lifeline.cutBy(() -> cut.invoke(true));
      pull(in);
    }

    /** Nobody hears what is said any more; what was sent before is still read, for a while. */
    private void onHangup() {
      vanished = true;
      lifeline.markGone();
      if (ended || isClosed(out)) {
        completeStage();
      } else {
        scheduleOnce("linger", linger);
      }
    }

    private void onReady(int operations) {
      if ((operations & SelectionKey.OP_WRITE) != 0) {
        write();
      }
      if ((operations & SelectionKey.OP_READ) != 0) {
        if (isClosed(out)) {
          drain();
        } else if (isAvailable(out)) {
          onPull();
        }
      }
    }

    @Override
    public void onPull() {
      var buffer = BUFFER.get().clear();
      int count = read(buffer);
      if (count > 0) {
        var bytes = new byte[count];
        buffer.flip().get(bytes);
        push(out, ByteString.fromArrayUnsafe(bytes));
      } else if (count == 0) {
        want(SelectionKey.OP_READ);
      } else {
        onEnd();
      }
    }

    /** A broken connection reads as an ended one: what was unfinished is noticed by its framing. */
    private int read(ByteBuffer buffer) {
      try {
        return channel.read(buffer);
      } catch (IOException _) {
        written = true;
        return -1;
      }
    }

    private void onEnd() {
      ended = true;
      lifeline.markGone();
      if (written || vanished) {
        completeStage();
      } else if (!isClosed(out)) {
        complete(out);
      }
    }

    @Override
    public void onDownstreamFinish(Throwable cause) {
      if (written) {
        scheduleOnce("linger", linger);
      }
      drain();
    }

    private void drain() {
      var buffer = BUFFER.get();
      int count = 1;
      for (int rounds = 0; count > 0 && rounds < 16; rounds++) {
        count = read(buffer.clear());
      }
      if (count < 0) {
        onEnd();
      } else {
        want(SelectionKey.OP_READ);
      }
    }

    @Override
    public void onPush() {
      pending = buffers(grab(in));
      write();
    }

    private void write() {
      var buffers = pending;
      if (buffers == null) {
        return;
      }
      try {
        channel.write(buffers);
      } catch (IOException _) {
        completeStage();
        return;
      }
      if (Arrays.stream(buffers).anyMatch(ByteBuffer::hasRemaining)) {
        want(SelectionKey.OP_WRITE);
      } else {
        pending = null;
        if (isClosed(in)) {
          onWritten();
        } else {
          pull(in);
        }
      }
    }

    @Override
    public void onUpstreamFinish() {
      if (pending == null) {
        onWritten();
      }
    }

    @Override
    public void onUpstreamFailure(Throwable failure) {
      broken = true;
      completeStage();
    }

    private void onWritten() {
      written = true;
      if (ended) {
        completeStage();
        return;
      }
      try {
        channel.shutdownOutput();
      } catch (IOException _) {
        completeStage();
        return;
      }
      if (isClosed(out)) {
        scheduleOnce("linger", linger);
      }
    }

    @Override
    public void onTimer(Object key) {
      completeStage();
    }

    @Override
    public void postStop() throws IOException {
      farEnd.run();
      try (channel) {
        resetIfBroken();
      } finally {
        if (watch != null) {
          watch.released();
        }
        lifeline.markClosed();
      }
    }

    /** The far side of a TCP connection could take an end for the end of all that was to come. */
    private void resetIfBroken() throws IOException {
      if (broken && channel.supportedOptions().contains(StandardSocketOptions.SO_LINGER)) {
        channel.setOption(StandardSocketOptions.SO_LINGER, 0);
      }
    }

    private void want(int operation) {
      if (watch != null) {
        watch.want(operation);
      }
    }
  }

  private static ByteBuffer[] buffers(ByteString bytes) {
    var buffers = new ArrayList<ByteBuffer>();
    bytes.getByteBuffers().forEach(buffers::add);
    return buffers.toArray(ByteBuffer[]::new);
  }
}
