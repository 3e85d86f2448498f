package argosy.engine.container;

import argosy.engine.container.files.FileWorks;
import argosy.engine.protocol.QueueOutput;
import java.io.InputStream;
import java.time.Duration;
import java.util.function.Function;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.stream.OverflowStrategy;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.stream.javadsl.StreamConverters;
import org.apache.pekko.util.ByteString;

/** Archives between the threads that read and write files and the streams of the clients. */
record FileStreams(ActorSystem<?> system) {
  /** A client may read, and send, as slowly as it likes. */
  static final Duration LONGEST = Duration.ofDays(7);

  /** Elements, each a buffer full, between the writer and a slow reader. */
  private static final int CHUNKS = 4;

  /** A stream whose other end is written by a thread, which waits when nobody reads. */
  <T> FileWorks.Opened<T> opened(Function<Source<ByteString, NotUsed>, T> answer) {
    var made =
        Source.<ByteString>queue(CHUNKS, OverflowStrategy.backpressure()).preMaterialize(system);
    var queue = made.first();
    return new FileWorks.Opened<>(answer.apply(made.second()), new QueueOutput(queue), queue::fail);
  }

  /** What a client sends, for a thread that waits until there is more. */
  InputStream read(Source<ByteString, ?> sent) {
    return sent.runWith(StreamConverters.asInputStream(LONGEST), system);
  }
}
