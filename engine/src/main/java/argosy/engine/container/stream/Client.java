package argosy.engine.container.stream;

import argosy.engine.container.ContainerStreams.Attached;
import argosy.engine.container.ContainerStreams.Channel;
import argosy.engine.container.ContainerStreams.Output;
import argosy.engine.runtime.Console;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.javadsl.Keep;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.util.ByteString;

/**
 * Somebody attached to a process: made before there is a connection, joined to it when there is
 * one. Its output is bounded, and what happens when it does not keep up is its {@link Company}'s to
 * say. Thread-safe.
 */
public final class Client {
  /** Which streams it wants. */
  public record Wants(boolean stdin, boolean stdout, boolean stderr, boolean endsInput) {}

  /** How long the process has to take what a client sent that is gone. */
  private static final Duration LAST_WORDS = Duration.ofSeconds(5);

  private final Wants wants;
  private final boolean tty;
  private final boolean foreground;
  private final Company company;
  private final Executor blocking;
  private final OutputBuffer buffer = new OutputBuffer();
  private final CompletableFuture<Console> console = new CompletableFuture<>();
  private final AtomicBoolean closing = new AtomicBoolean();
  private final CompletableFuture<Void> detached = new CompletableFuture<>();
  private final CompletableFuture<Void> inputTaken = new CompletableFuture<>();

  /**
   * @param foreground it came before the process began, so the output is first of all its own
   */
  public Client(Wants wants, boolean tty, boolean foreground, Company company, Executor blocking) {
    this.wants = wants;
    this.tty = tty;
    this.foreground = foreground;
    this.company = company;
    this.blocking = blocking;
    company.join(this);
    buffer.closed().thenRun(this::readerGone);
  }

  /** The two halves; {@code keys} are watched for on a terminal's input only. */
  public Attached attached(DetachKeys keys) {
    return new Attached(tty, buffer.source(), input(keys));
  }

  /** Completes when the detach keys were pressed. */
  public CompletionStage<Void> detached() {
    return detached;
  }

  /** Completes when its reader is gone. */
  public CompletionStage<Void> gone() {
    return buffer.closed();
  }

  /** Whether its reader is gone, so that nobody need be connected for it any more. */
  public boolean isGone() {
    return closing.get();
  }

  boolean isConnected() {
    return console.isDone();
  }

  /**
   * Connects it, blocking; {@code connect} is given where output is to go. If that throws, there
   * will never be anything to write to, and the input ends.
   */
  public void connect(Function<Console.Listener, Console> connect) {
    Console made = made(connect);
    buffer.onRoom(() -> {
      if (!closing.get()) {
        made.resume();
      }
    });
    console.complete(made);
    if (closing.get()) {
      made.close();
    } else if (!buffer.isFull()) {
      made.resume();
    }
  }

  private Console made(Function<Console.Listener, Console> connect) {
    try {
      return connect.apply(new Arrival());
    } catch (RuntimeException refused) {
      console.completeExceptionally(refused);
      throw refused;
    }
  }

  /** Output from elsewhere, put before what comes from the connection. */
  public void replay(Output output) {
    buffer.offer(output);
  }

  /** The process is gone, or will never be: the output ends after what is held. */
  public void end() {
    buffer.end();
    company.leave(this);
  }

  boolean isForeground() {
    return foreground;
  }

  boolean isStalled() {
    return buffer.isFull();
  }

  /** How often it has caught up after it had fallen behind. */
  long recoveries() {
    return buffer.recoveries();
  }

  /** Nothing more comes for it but the word why, behind what it has not read yet. */
  void cutOff(String why) {
    buffer.offer(new Output(Channel.STDERR, ByteString.fromString(tty ? "\r\n" + why : why)));
    buffer.end();
    leave();
  }

  /** What it sent before it went is still the process's. */
  private void readerGone() {
    company.leave(this);
    inputTaken
        .completeOnTimeout(null, LAST_WORDS.toMillis(), TimeUnit.MILLISECONDS)
        .thenRun(this::leave);
  }

  private void leave() {
    company.leave(this);
    if (closing.compareAndSet(false, true)) {
      console.thenAcceptAsync(Console::close, blocking);
    }
  }

  private final class Arrival implements Console.Listener {
    @Override
    public boolean output(boolean stderr, byte[] bytes) {
      if (stderr ? !wants.stderr() : !wants.stdout()) {
        return true;
      }
      Channel channel = stderr ? Channel.STDERR : Channel.STDOUT;
      boolean room = buffer.offer(new Output(channel, ByteString.fromArrayUnsafe(bytes)));
      if (!room) {
        company.stalled(Client.this);
      }
      return room;
    }

    @Override
    public void closed() {
      end();
    }
  }

  private Sink<ByteString, ?> input(DetachKeys keys) {
    return Flow.of(ByteString.class)
        .takeWhile(_ -> wants.stdin() && !detached.isDone())
        .map(bytes -> tty ? watched(keys, bytes) : bytes)
        .filter(bytes -> !bytes.isEmpty())
        .mapAsync(1, bytes -> console.thenApplyAsync(open -> write(open, bytes), blocking))
        .toMat(Sink.ignore(), Keep.right())
        .mapMaterializedValue(done -> {
          done.whenComplete((_, failure) -> {
            inputOver(failure == null);
            inputTaken.complete(null);
          });
          return done;
        });
  }

  private ByteString watched(DetachKeys keys, ByteString bytes) {
    var seen = keys.feed(bytes);
    if (seen.detached()) {
      detached.complete(null);
      buffer.end();
    }
    return seen.passed();
  }

  private ByteString write(Console open, ByteString bytes) {
    if (!closing.get()) {
      byte[] array = bytes.toArrayUnsafe();
      open.write(array, 0, array.length);
    }
    return bytes;
  }

  private void inputOver(boolean orderly) {
    if (orderly && wants.stdin() && wants.endsInput() && !detached.isDone()) {
      console.thenAcceptAsync(
          open -> {
            if (!closing.get()) {
              open.endInput();
            }
          },
          blocking);
    }
  }
}
