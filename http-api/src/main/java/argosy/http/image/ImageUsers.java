package argosy.http.image;

import argosy.engine.container.Container;
import argosy.engine.image.Image;
import argosy.engine.image.ImageContent;
import argosy.http.wire.ManifestSummary;
import argosy.http.wire.ManifestSummary.Descriptor;
import argosy.http.wire.ManifestSummary.ImageData;
import argosy.http.wire.ManifestSummary.Platform;
import argosy.http.wire.ManifestSummary.Size;
import argosy.http.wire.ManifestSummary.Unpacked;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which containers have which image.
 *
 * @param containers by image id
 */
record ImageUsers(Map<String, List<String>> containers) {

  static ImageUsers of(List<Container> all) {
    return new ImageUsers(
        all.stream()
            .collect(
                Collectors.groupingBy(
                    Container::imageId, Collectors.mapping(Container::id, Collectors.toList()))));
  }

  List<String> of(Image image) {
    return containers.getOrDefault(image.id(), List.of());
  }

  /**
   * An image's manifests, which are one: Argosy keeps one platform of an image.
   *
   * @param content null when it is gone meanwhile
   */
  List<ManifestSummary> manifests(Image image, @Nullable ImageContent content) {
    return content == null
        ? List.of()
        : List.of(
            new ManifestSummary(
                content.manifest(),
                new Descriptor(content.mediaType(), content.manifest(), content.size()),
                true,
                new Size(content.bytes() + image.size(), content.bytes()),
                "image",
                new ImageData(
                    new Platform(image.architecture(), image.os(), image.variant()),
                    of(image),
                    new Unpacked(image.size()))));
  }
}
