package argosy.http.container;

import argosy.engine.container.files.PathStat;
import argosy.http.json.Json;
import argosy.http.wire.ContainerPathStat;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;

/** A stat of a path in a container, as Docker puts it into a header. */
final class PathStatView {
  private static final String HEADER = "X-Docker-Container-Path-Stat";

  private PathStatView() {}

  static HttpHeader header(PathStat stat) {
    var told =
        new ContainerPathStat(
            stat.name(),
            stat.size(),
            goMode(stat.mode()),
            stat.modified().toString(),
            stat.linkTarget());
    byte[] json = Json.line(told).strip().getBytes(StandardCharsets.UTF_8);
    return RawHeader.create(HEADER, Base64.getEncoder().encodeToString(json));
  }

  /** {@code st_mode} (inode(7)) in the bits of Go's {@code os.FileMode}. */
  static long goMode(int mode) {
    long bits = mode & 0777;
    bits |= (mode & 04000) == 0 ? 0 : 1L << 23;
    bits |= (mode & 02000) == 0 ? 0 : 1L << 22;
    bits |= (mode & 01000) == 0 ? 0 : 1L << 20;
    return bits
        | switch (mode & 0170000) {
          case 0040000 -> 1L << 31;
          case 0120000 -> 1L << 27;
          case 0060000 -> 1L << 26;
          case 0020000 -> 1L << 26 | 1L << 21;
          case 0010000 -> 1L << 25;
          case 0140000 -> 1L << 24;
          default -> 0;
        };
  }
}
