package argosy.engine.container;

import argosy.engine.disk.Records;
import java.nio.file.Path;
import java.util.List;

/**
 * The anonymous volumes that go with a container should the daemon be killed while there is no
 * record of it: noted in its directory before they are made and until the record is there, and
 * again from before a removal that takes them along until the directory is gone. The next start
 * reads it. Beside a record it says nothing.
 *
 * @param volumes their names, and maybe those of others, which stay
 */
record Parting(List<String> volumes) {
  Parting {
    volumes = List.copyOf(volumes);
  }

  static Records<Parting> in(Path containers) {
    return new Records<>(containers, "parting.json", Parting.class);
  }
}
