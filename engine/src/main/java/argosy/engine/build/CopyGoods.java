package argosy.engine.build;

import argosy.engine.build.context.Ignore;
import argosy.engine.build.context.Item;
import argosy.engine.disk.Extraction.Owner;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Files found for one COPY or ADD.
 *
 * @param keepOwners whether files keep their users and groups, as those of another image do
 * @param ignore what is left out of directories
 * @param scaffold the other image's files while they are needed, or null
 */
record CopyGoods(
    List<Item> items, String digest, boolean keepOwners, Ignore ignore, @Nullable Scaffold scaffold)
    implements Workshop.Goods {
  CopyGoods {
    items = List.copyOf(items);
  }

  /** Whose they become where nobody says: root's, or who they are. */
  @Nullable Owner owner() {
    return keepOwners ? null : new Owner(0, 0);
  }

  @Override
  public void close() {
    items.forEach(Item::close);
    if (scaffold != null) {
      scaffold.close();
    }
  }
}
