package argosy.engine;

import argosy.engine.build.BuildStreams;
import argosy.engine.container.ContainerStreams;
import argosy.engine.event.EventStreams;
import argosy.engine.image.ImageStreams;
import argosy.engine.volume.VolumeStreams;

/** This host's engine: the protocol, and the streams that only the host itself can give. */
public interface LocalEngine extends Engine {
  ContainerStreams containerStreams();

  ImageStreams imageStreams();

  EventStreams eventStreams();

  BuildStreams buildStreams();

  VolumeStreams volumeStreams();
}
