package argosy.http.hijack;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.BidiShape;
import org.apache.pekko.stream.Inlet;
import org.apache.pekko.stream.Outlet;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.stream.stage.AbstractInHandler;
import org.apache.pekko.stream.stage.AbstractOutHandler;
import org.apache.pekko.stream.stage.GraphStage;
import org.apache.pekko.stream.stage.GraphStageLogic;
import org.apache.pekko.stream.stage.TimerGraphStageLogic;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * The other end of {@link HijackStage}: sits between the HTTP client layer and the socket of one
 * exchange with another daemon. An ordinary answer passes through; one after which raw bytes follow
 * is taken out, and the connection is given away as {@link Upgraded}.
 */
public final class UpgradeStage
    extends GraphStage<BidiShape<ByteString, ByteString, ByteString, ByteString>> {
  private static final Duration UNCLAIMED = Duration.ofSeconds(10);

  private final Inlet<ByteString> httpOut = Inlet.create("Upgrade.httpOut");
  private final Outlet<ByteString> netOut = Outlet.create("Upgrade.netOut");
  private final Inlet<ByteString> netIn = Inlet.create("Upgrade.netIn");
  private final Outlet<ByteString> httpIn = Outlet.create("Upgrade.httpIn");
  private final BidiShape<ByteString, ByteString, ByteString, ByteString> shape =
      BidiShape.of(httpOut, netOut, netIn, httpIn);
  private final CompletableFuture<Upgraded> upgraded;

  /** Completes the future when the other daemon hands its connection over. */
  public UpgradeStage(CompletableFuture<Upgraded> upgraded) {
    this.upgraded = upgraded;
  }

  @Override
  public BidiShape<ByteString, ByteString, ByteString, ByteString> shape() {
    return shape;
  }

  @Override
  public GraphStageLogic createLogic(Attributes attributes) {
    return new Logic();
  }

  private final class Logic extends TimerGraphStageLogic {
    private ByteString held = ByteString.emptyByteString();
    private boolean headSeen;
    private boolean claimed;
    private @Nullable SubSinkInlet<ByteString> rawOut;
    private @Nullable SubSourceOutlet<ByteString> rawIn;

    private Logic() {
      super(shape);
      setHandler(httpOut, new FromHttp());
      setHandler(netOut, new ToNet());
      setHandler(netIn, new FromNet());
      setHandler(httpIn, new ToHttp());
    }

    private final class FromHttp extends AbstractInHandler {
      @Override
      public void onPush() {
        push(netOut, grab(httpOut));
      }

      @Override
      public void onUpstreamFinish() {
        if (rawOut == null) {
          complete(netOut);
        }
      }
    }

    private final class ToNet extends AbstractOutHandler {
      @Override
      public void onPull() {
        if (rawOut == null) {
          if (!isClosed(httpOut)) {
            pull(httpOut);
          }
        } else if (!rawOut.isClosed() && !rawOut.hasBeenPulled()) {
          rawOut.pull();
        }
      }

      @Override
      public void onDownstreamFinish(Throwable cause) {
        if (rawOut == null) {
          cancel(httpOut);
        } else {
          rawOut.cancel();
        }
      }
    }

    private final class FromNet extends AbstractInHandler {
      @Override
      public void onPush() {
        var bytes = grab(netIn);
        if (rawIn != null) {
          rawIn.push(bytes);
        } else if (headSeen) {
          push(httpIn, bytes);
        } else {
          held = held.concat(bytes);
          examine();
        }
      }

      @Override
      public void onUpstreamFinish() {
        if (rawIn == null) {
          complete(httpIn);
        } else if (held.isEmpty()) {
          rawIn.complete();
        }
      }
    }

    private void examine() {
      int length = ResponseHead.length(held);
      if (length < 0) {
        pull(netIn);
        return;
      }
      var head = ResponseHead.read(held.take(length));
      if (head.raw()) {
        held = held.drop(length);
        giveAway(head);
        return;
      }
      headSeen = !head.provisional();
      var ready = headSeen ? held : held.take(length);
      held = headSeen ? ByteString.emptyByteString() : held.drop(length);
      push(httpIn, ready);
    }

    private void giveAway(ResponseHead head) {
      var output = new SubSinkInlet<ByteString>("Upgrade.rawOut");
      var input = new SubSourceOutlet<ByteString>("Upgrade.rawIn");
      output.setHandler(new FromUser(output));
      input.setHandler(new ToUser(input));
      rawOut = output;
      rawIn = input;
      cancel(httpOut);
      complete(httpIn);
      if (isAvailable(netOut)) {
        output.pull();
      }
      scheduleOnce("unclaimed", UNCLAIMED);
      upgraded.complete(
          new Upgraded(
              head.contentType(), Source.fromGraph(input.source()), Sink.fromGraph(output.sink())));
    }

    @Override
    public void onTimer(Object key) {
      if (!claimed) {
        completeStage();
      }
    }

    private final class FromUser extends AbstractInHandler {
      private final SubSinkInlet<ByteString> user;

      private FromUser(SubSinkInlet<ByteString> user) {
        this.user = user;
      }

      @Override
      public void onPush() {
        push(netOut, user.grab());
      }

      @Override
      public void onUpstreamFinish() {
        complete(netOut);
      }

      @Override
      public void onUpstreamFailure(Throwable failure) {
        completeStage();
      }
    }

    private final class ToUser extends AbstractOutHandler {
      private final SubSourceOutlet<ByteString> user;

      private ToUser(SubSourceOutlet<ByteString> user) {
        this.user = user;
      }

      @Override
      public void onPull() {
        claimed = true;
        if (!held.isEmpty()) {
          user.push(held);
          held = ByteString.emptyByteString();
          if (isClosed(netIn)) {
            user.complete();
          }
        } else if (isClosed(netIn)) {
          user.complete();
        } else {
          pull(netIn);
        }
      }

      /** Nobody wants what the other daemon says: it is told so, and not only that input ended. */
      @Override
      public void onDownstreamFinish(Throwable cause) {
        failStage(cause);
      }
    }

    private final class ToHttp extends AbstractOutHandler {
      @Override
      public void onPull() {
        if (!headSeen && !held.isEmpty()) {
          examine();
        } else if (!isClosed(netIn)) {
          pull(netIn);
        }
      }

      @Override
      public void onDownstreamFinish(Throwable cause) {
        if (rawIn == null) {
          cancel(netIn);
        }
      }
    }
  }
}
