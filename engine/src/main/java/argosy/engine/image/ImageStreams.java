package argosy.engine.image;

import argosy.engine.failure.Outcome;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * The image operations that carry bytes or report progress; this host's only, another node's are
 * reached over its own connection. Cancelling a progress stream cancels the work behind it when
 * nobody else waits for it.
 */
public interface ImageStreams {
  /** Pulls a reference; a failure before the first byte is an outcome, a later one a last line. */
  CompletionStage<Outcome<Source<Progress, NotUsed>>> pull(
      String reference, @Nullable String platform, @Nullable RegistryAuth auth);

  /** Pulls every tag of a repository; one that is named is pulled alone. */
  CompletionStage<Outcome<Source<Progress, NotUsed>>> pullAll(
      String repository, @Nullable String platform, @Nullable RegistryAuth auth);

  /** Pushes a tag, or without one all tags of a repository. */
  CompletionStage<Outcome<Source<Progress, NotUsed>>> push(
      String reference, @Nullable RegistryAuth auth);

  /**
   * Loads a {@code docker save} or OCI layout archive, plain or packed.
   *
   * @param platform the only one to load, or null
   */
  CompletionStage<Outcome<Source<Progress, NotUsed>>> load(
      Source<ByteString, ?> archive, @Nullable String platform);

  /** Makes an image of one layer from a file system archive. */
  CompletionStage<Outcome<Source<Progress, NotUsed>>> importArchive(
      Source<ByteString, ?> archive, ImportOrder order);

  /** As {@link #importArchive}, from a URL; without a scheme it is {@code http}. */
  CompletionStage<Outcome<Source<Progress, NotUsed>>> importUrl(String url, ImportOrder order);

  /**
   * Writes images as {@code docker save} does.
   *
   * @param platform what they must be for, or null
   */
  CompletionStage<Outcome<Source<ByteString, NotUsed>>> save(
      List<String> references, @Nullable String platform);

  /** What registries say without giving or taking an image. */
  ImageRegistries registries();

  /** Credentials for one registry, as {@code X-Registry-Auth} carries them. */
  record RegistryAuth(
      String username, String password, String identityToken, String registryToken) {
    @Override
    public String toString() {
      return "RegistryAuth[" + username + ", …]";
    }
  }

  /**
   * One line of a progress stream, as the CLI draws it.
   *
   * @param id a layer's short id, or null
   * @param total bytes, 0 unknown
   * @param error a sentence that ends the stream, else null
   * @param aux what a program reads of it, else null
   */
  record Progress(
      @Nullable String status,
      @Nullable String id,
      long current,
      long total,
      @Nullable String stream,
      @Nullable String error,
      @Nullable Aux aux) {
    /** What was pushed: a tag, its manifest's digest and that manifest's bytes. */
    public record Aux(String tag, String digest, long size) {}

    public static Progress status(String status) {
      return new Progress(status, null, 0, 0, null, null, null);
    }

    public static Progress of(String id, String status) {
      return new Progress(status, id, 0, 0, null, null, null);
    }

    public static Progress of(String id, String status, long current, long total) {
      return new Progress(status, id, current, total, null, null, null);
    }

    /** A figure of the whole. */
    public static Progress growing(String status, long current, long total) {
      return new Progress(status, null, current, total, null, null, null);
    }

    public static Progress error(String sentence) {
      return new Progress(null, null, 0, 0, null, sentence, null);
    }

    public static Progress aux(String tag, String digest, long size) {
      return new Progress(null, null, 0, 0, null, null, new Aux(tag, digest, size));
    }

    public static Progress stream(String text) {
      return new Progress(null, null, 0, 0, text, null, null);
    }
  }
}
