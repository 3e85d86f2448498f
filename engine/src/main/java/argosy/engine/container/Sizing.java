package argosy.engine.container;

import argosy.engine.container.ContainerRequest.Listed;
import argosy.engine.disk.RootFilesystems;
import java.util.ArrayList;
import java.util.List;

/** Measures containers; blocks. */
final class Sizing {
  private Sizing() {}

  /**
   * The rows with their sizes.
   *
   * @param images bytes of each row's image
   */
  static Listed of(List<Container> rows, List<Long> images, RootFilesystems roots) {
    var sized = new ArrayList<Container>();
    for (int i = 0; i < rows.size(); i++) {
      long own = roots.writableBytes(rows.get(i).id());
      sized.add(rows.get(i).sized(new Container.Sizes(own, images.get(i) + own)));
    }
    return new Listed(sized);
  }
}
