package argosy.engine.container;

import argosy.engine.container.files.FileWorks;
import java.io.InputStream;
import java.time.Duration;
import java.util.function.Function;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.stream.KillSwitches;
import org.apache.pekko.stream.javadsl.Keep;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.stream.javadsl.StreamConverters;
import org.apache.pekko.util.ByteString;

/** Archives between the threads that read and write files and the streams of the clients. */
record FileStreams(ActorSystem<?> system) {
  /** A client may read, and send, as slowly as it likes. */
  static final Duration LONGEST = Duration.ofDays(7);

  /** A stream whose other end is written by a thread, which waits when nobody reads. */
  <T> FileWorks.Opened<T> opened(Function<Source<ByteString, NotUsed>, T> answer) {
    var made =
        StreamConverters.asOutputStream(LONGEST)
            .viaMat(KillSwitches.single(), Keep.both())
            .preMaterialize(system);
    var ends = made.first();
    return new FileWorks.Opened<>(
        answer.apply(made.second()), ends.first(), why -> ends.second().abort(why));
  }

  /** What a client sends, for a thread that waits until there is more. */
  InputStream read(Source<ByteString, ?> sent) {
    return sent.runWith(StreamConverters.asInputStream(LONGEST), system);
  }
}
