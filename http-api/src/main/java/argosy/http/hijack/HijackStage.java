package argosy.http.hijack;

import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.BidiShape;
import org.apache.pekko.stream.Inlet;
import org.apache.pekko.stream.Outlet;
import org.apache.pekko.stream.stage.AbstractInHandler;
import org.apache.pekko.stream.stage.AbstractOutHandler;
import org.apache.pekko.stream.stage.GraphStage;
import org.apache.pekko.stream.stage.GraphStageLogic;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * Sits between the socket and the HTTP layer. It is transparent until a handler hands the
 * connection over; then it writes that handover's own head instead of the HTTP layer's answer, lets
 * the HTTP layer go, and joins the socket with the raw streams, each half ending by itself.
 *
 * <p>It reads one chunk ahead, so that the end of the client's half is seen while a handler is
 * busy.
 */
public final class HijackStage
    extends GraphStage<BidiShape<ByteString, ByteString, ByteString, ByteString>> {
  private final Inlet<ByteString> httpOut = Inlet.create("Hijack.httpOut");
  private final Outlet<ByteString> netOut = Outlet.create("Hijack.netOut");
  private final Inlet<ByteString> netIn = Inlet.create("Hijack.netIn");
  private final Outlet<ByteString> httpIn = Outlet.create("Hijack.httpIn");
  private final BidiShape<ByteString, ByteString, ByteString, ByteString> shape =
      BidiShape.of(httpOut, netOut, netIn, httpIn);
  private final HandoverPoint point;

  public HijackStage(HandoverPoint point) {
    this.point = point;
  }

  @Override
  public BidiShape<ByteString, ByteString, ByteString, ByteString> shape() {
    return shape;
  }

  @Override
  public GraphStageLogic createLogic(Attributes attributes) {
    return new Logic();
  }

  private final class Logic extends GraphStageLogic {
    private final RequestTail tail = new RequestTail();
    private ByteString ahead = ByteString.emptyByteString();
    private @Nullable SubSinkInlet<ByteString> rawOut;
    private @Nullable SubSourceOutlet<ByteString> rawIn;

    private Logic() {
      super(shape);
      setHandler(netIn, new FromNet());
      setHandler(httpIn, new ToHttp());
      setHandler(httpOut, new FromHttp());
      setHandler(netOut, new ToNet());
    }

    @Override
    public void preStart() {
      pull(netIn);
    }

    /** Gives what was read to whoever reads now; nobody left: it is thrown away. */
    private void deliver() {
      var raw = rawIn;
      if (raw != null) {
        if (raw.isClosed()) {
          forward(_ -> {});
        } else if (raw.isAvailable()) {
          forward(raw::push);
        }
      } else if (isClosed(httpIn)) {
        forward(_ -> {});
      } else if (isAvailable(httpIn)) {
        tail.seen(ahead);
        forward(bytes -> push(httpIn, bytes));
      }
    }

    private void forward(java.util.function.Consumer<ByteString> reader) {
      if (!ahead.isEmpty()) {
        reader.accept(ahead);
        ahead = ByteString.emptyByteString();
      }
      if (isClosed(netIn)) {
        endInput();
      } else if (!hasBeenPulled(netIn)) {
        pull(netIn);
      }
    }

    private void endInput() {
      if (rawIn != null) {
        rawIn.complete();
      } else {
        complete(httpIn);
      }
    }

    private final class FromNet extends AbstractInHandler {
      @Override
      public void onPush() {
        ahead = grab(netIn);
        deliver();
      }

      @Override
      public void onUpstreamFinish() {
        if (ahead.isEmpty()) {
          endInput();
        }
      }
    }

    private final class ToHttp extends AbstractOutHandler {
      @Override
      public void onPull() {
        if (!ahead.isEmpty()) {
          deliver();
        }
      }

      @Override
      public void onDownstreamFinish(Throwable cause) {
        if (rawIn == null && !ahead.isEmpty()) {
          deliver();
        }
      }
    }

    private final class FromHttp extends AbstractInHandler {
      @Override
      public void onPush() {
        var bytes = grab(httpOut);
        var handover = point.take(bytes);
        if (handover == null) {
          tail.answered(bytes);
          push(netOut, bytes);
        } else {
          handOver(handover);
        }
      }

      @Override
      public void onUpstreamFinish() {
        if (rawOut == null) {
          endOutput();
        }
      }
    }

    private void handOver(Handover handover) {
      push(netOut, handover.head());
      ahead = tail.beyond(handover.bodyLength()).concat(ahead);
      var output = new SubSinkInlet<ByteString>("Hijack.rawOut");
      var input = new SubSourceOutlet<ByteString>("Hijack.rawIn");
      output.setHandler(new FromHandler(output));
      input.setHandler(new ToHandler());
      rawOut = output;
      rawIn = input;
      cancel(httpOut);
      complete(httpIn);
      org.apache.pekko.stream.javadsl.Source.fromGraph(input.source())
          .to(handover.input())
          .run(subFusingMaterializer());
      handover.output().to(output.sink()).run(subFusingMaterializer());
      if (ahead.isEmpty() && isClosed(netIn)) {
        input.complete();
      }
    }

    private final class FromHandler extends AbstractInHandler {
      private final SubSinkInlet<ByteString> output;

      private FromHandler(SubSinkInlet<ByteString> output) {
        this.output = output;
      }

      @Override
      public void onPush() {
        push(netOut, output.grab());
      }

      @Override
      public void onUpstreamFinish() {
        endOutput();
      }

      @Override
      public void onUpstreamFailure(Throwable failure) {
        endOutput();
      }
    }

    private final class ToHandler extends AbstractOutHandler {
      @Override
      public void onPull() {
        if (!ahead.isEmpty()) {
          deliver();
        }
      }

      @Override
      public void onDownstreamFinish(Throwable cause) {
        if (!ahead.isEmpty()) {
          deliver();
        }
      }
    }

    /** After the last byte out nobody reads either: the socket throws the rest away and closes. */
    private void endOutput() {
      complete(netOut);
      if (rawIn != null && !rawIn.isClosed()) {
        rawIn.complete();
      }
      cancel(netIn);
      if (!isClosed(httpIn)) {
        complete(httpIn);
      }
    }

    private final class ToNet extends AbstractOutHandler {
      @Override
      public void onPull() {
        if (rawOut != null) {
          if (!rawOut.isClosed() && !rawOut.hasBeenPulled()) {
            rawOut.pull();
          }
        } else if (!isClosed(httpOut)) {
          pull(httpOut);
        }
      }

      @Override
      public void onDownstreamFinish(Throwable cause) {
        if (rawOut != null) {
          rawOut.cancel();
        } else {
          cancel(httpOut);
        }
        endOutput();
      }
    }
  }
}
