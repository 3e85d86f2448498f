package argosy.engine.container;

import argosy.engine.disk.Records;
import java.nio.file.Path;
import java.util.List;

/**
 * What is left in the directory of a container whose removal takes its anonymous volumes along,
 * from before its record goes until the directory does: a daemon that is killed in between reads it
 * when it starts again.
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
