package argosy.cli.container;

import argosy.cli.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * What lies at a path of a container, as the archive's header tells.
 *
 * @param linkTarget "" for what is no link
 */
record PathStat(String name, boolean directory, String linkTarget) {
  /** Go's os.ModeDir. */
  private static final long DIRECTORY = 1L << 31;

  static PathStat parse(String header) throws IOException {
    byte[] text = Base64.getDecoder().decode(header);
    Json stat = Json.parse(new String(text, StandardCharsets.UTF_8));
    return new PathStat(
        stat.get("name").text(),
        (stat.get("mode").number() & DIRECTORY) != 0,
        stat.get("linkTarget").text());
  }
}
