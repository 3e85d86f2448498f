package argosy.engine.image.transfer;

import argosy.engine.registry.RegistrySettings;
import java.util.concurrent.Semaphore;

/**
 * What all transfers of this host share.
 *
 * @param downloads the layers on their way here
 * @param uploads one to be had for each layer that is sent
 */
public record Traffic(Downloads downloads, Semaphore uploads) {
  /** As much at the same time as the operator says. */
  public static Traffic of(RegistrySettings settings) {
    return new Traffic(
        new Downloads(settings.downloads()), new Semaphore(settings.uploads(), true));
  }
}
