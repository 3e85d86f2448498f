package argosy.engine.volume;

import argosy.engine.failure.Done;
import argosy.engine.failure.Outcome;
import argosy.engine.volume.VolumeRequest.Volume;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;

/**
 * What a volume holds as a stream; this host's only, another node's are reached over its own
 * connection.
 */
public interface VolumeStreams {
  /**
   * All it holds as a tar: owners, modes, times, extended attributes, hard links and holes are
   * kept. The volume can not be removed meanwhile. A reader that stops reading stops the writing.
   */
  CompletionStage<Outcome<Export>> export(String name);

  /** {@code read}: done when nothing of the volume is read any more. */
  record Export(Source<ByteString, NotUsed> tar, CompletionStage<Done> read) {}

  /**
   * Unpacks a tar, plain or packed. A volume that is not there is made, and is there only once all
   * of it is unpacked; one that is there must be empty.
   *
   * @param force unpack over what it holds
   */
  CompletionStage<Outcome<Volume>> restore(
      String name, boolean force, Source<ByteString, ?> archive);
}
