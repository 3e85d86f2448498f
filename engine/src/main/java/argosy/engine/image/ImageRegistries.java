package argosy.engine.image;

import argosy.engine.failure.Outcome;
import argosy.engine.image.ImageStreams.RegistryAuth;
import argosy.engine.image.manifest.Platform;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** What registries say without giving or taking an image; this host asks them. */
public interface ImageRegistries {
  /**
   * Tries credentials, and answers the token that stands for the password from now on, or "".
   *
   * @param address a host or a URL; "" means Docker's own registry
   */
  CompletionStage<Outcome<String>> login(String address, RegistryAuth auth);

  /** What a name stands for in its registry. */
  CompletionStage<Outcome<RemoteImage>> look(String reference, @Nullable RegistryAuth auth);

  /** What the index of images has for a term; {@code limit}: from 1 to 100. */
  CompletionStage<Outcome<List<Hit>>> search(String term, int limit, @Nullable RegistryAuth auth);

  /**
   * An image in a registry.
   *
   * @param size of the manifest or the index, in bytes
   */
  record RemoteImage(String mediaType, String digest, long size, List<Platform> platforms) {
    public RemoteImage {
      platforms = List.copyOf(platforms);
    }
  }

  /**
   * A repository that a search found.
   *
   * @param stars how many people like it
   * @param official kept by Docker itself
   */
  record Hit(String name, String description, int stars, boolean official, boolean automated) {}
}
