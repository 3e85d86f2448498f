package argosy.engine.container;

import argosy.engine.container.files.PathStat;
import argosy.engine.failure.Done;
import argosy.engine.failure.Outcome;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * The container operations that carry bytes or wait without end; this host's only, another node's
 * are reached over its own connection.
 */
public interface ContainerStreams {
  /** Stored output, then new output when {@code follow}; ends when the container does. */
  CompletionStage<Outcome<Logs>> logs(String reference, LogQuery query);

  /**
   * The container's own streams. Works before start: output flows when there is some. The output
   * ends when the container does; the input's end is the container's EOF.
   */
  CompletionStage<Outcome<Attached>> attach(String reference, AttachQuery query);

  /**
   * Runs a prepared exec. The outcome comes before it runs, so that its output never arrives
   * together with the answer's head; that it can not run is said in the output. Detached: the
   * outcome comes when it runs and both streams are empty.
   */
  CompletionStage<Outcome<Attached>> startExec(String exec, ExecStart start);

  /** Completes the outer stage when the wait stands, the inner one when it is over. */
  CompletionStage<Outcome<CompletionStage<Lifecycle.Ended>>> await(
      String reference, WaitCondition condition);

  /** A sample a second, or one: with two readings a second apart, or at once if {@code oneShot}. */
  CompletionStage<Outcome<Source<Stats, NotUsed>>> stats(
      String reference, boolean stream, boolean oneShot);

  /** What lies at a path: the file, directory or link itself. */
  CompletionStage<Outcome<PathStat>> stat(String reference, String path);

  /** What lies at a path and all below it, as a tar; mounts are part of it. */
  CompletionStage<Outcome<Archive>> archive(String reference, String path);

  /** Unpacks a tar, plain or packed, into a directory; answers when all of it is there. */
  CompletionStage<Outcome<Done>> extract(
      String reference, Extract extract, Source<ByteString, ?> archive);

  /** The root file system as a tar, without what is mounted in it. */
  CompletionStage<Outcome<Source<ByteString, NotUsed>>> export(String reference);

  /**
   * Freezes it, should it run, until that is done, whatever comes of it; answers when it stands
   * still. Should the engine die meanwhile, the next one thaws it. One that somebody has paused
   * stays paused.
   */
  CompletionStage<Outcome<Done>> still(String reference, CompletionStage<?> until);

  /** A reader that stops reading stops the writing. */
  record Archive(PathStat stat, Source<ByteString, NotUsed> tar) {}

  /**
   * Where and how to unpack.
   *
   * @param keepKinds refuse to put a file in a directory's place, and the other way round
   * @param chown everything becomes the container's user's, whatever the archive says
   */
  record Extract(String path, boolean keepKinds, boolean chown) {}

  /** {@code tail} -1 is all; null instants are unbounded. */
  record LogQuery(
      boolean follow,
      boolean stdout,
      boolean stderr,
      @Nullable Instant since,
      @Nullable Instant until,
      long tail) {}

  /** {@code lines}: in the order they were written, as many at once as were found. */
  record Logs(boolean tty, Source<List<LogLine>, NotUsed> lines) {}

  /** {@code text} ends with its newline, unless the container wrote none. */
  record LogLine(Channel channel, Instant time, ByteString text) {}

  enum Channel {
    STDIN,
    STDOUT,
    STDERR
  }

  /** {@code detachKeys} in Docker's notation; null: ctrl-p,ctrl-q. {@code logs}: replay first. */
  record AttachQuery(
      boolean stdin,
      boolean stdout,
      boolean stderr,
      boolean stream,
      boolean logs,
      @Nullable String detachKeys) {}

  record ExecStart(boolean detach, boolean tty, int height, int width) {}

  /** Two independent halves; neither's end ends the other. */
  record Attached(boolean tty, Source<Output, NotUsed> output, Sink<ByteString, ?> input) {}

  record Output(Channel channel, ByteString bytes) {}

  enum WaitCondition {
    NOT_RUNNING,
    NEXT_EXIT,
    REMOVED
  }
}
