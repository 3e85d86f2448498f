package argosy.engine.archive;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Archives that reach for what is not theirs, by what they do. */
public final class HostileArchive {
  /** Those that are no layer. */
  public static final List<String> REFUSED =
      List.of(
          "up",
          "up inside",
          "hard link",
          "hard link up",
          "hard link by a link",
          "hard link to itself",
          "hard link to a directory",
          "link then file",
          "climbing link then file",
          "whiteout by a link",
          "opaque by a link",
          "whiteout up",
          "whiteout here",
          "whiteout of nothing",
          "root is a file",
          "zero in the name",
          "name too long",
          "path too long",
          "link too long",
          "below a file",
          "below a pipe",
          "link loop",
          "too large",
          "truncated");

  /** Those that Docker takes: what they reach for, they find inside of their own root. */
  public static final List<String> CONTAINED =
      List.of(
          "absolute",
          "two links",
          "link then same name",
          "link then directory",
          "hard link to a link",
          "root whiteout");

  private static final byte[] NONE = {};

  private HostileArchive() {}

  /** The archive of this name; {@code outside}: a directory with a file, which it is after. */
  public static byte[] of(String kind, Path outside) {
    var tar = new RawTar();
    String out = outside.toString();
    switch (kind) {
      case "up" -> tar.file("../../outside/evil", NONE);
      case "up inside" -> tar.file("a/../../../../outside/evil", NONE);
      case "absolute" -> tar.file(out + "/evil", NONE);
      case "link then file" -> tar.symbolicLink("l", out).file("l/evil", NONE);
      case "climbing link then file" ->
          tar.symbolicLink("l", "../../../../../.." + out).file("l/evil", NONE);
      case "link then same name" -> tar.symbolicLink("l", out + "/file").file("l", new byte[1]);
      case "two links" ->
          tar.symbolicLink("a", "b").symbolicLink("b", "/../..").file("a" + out + "/evil", NONE);
      case "link then directory" -> tar.symbolicLink("l", out).directory("l/").file("l/evil", NONE);
      case "hard link" -> tar.hardLink("h", out + "/file").file("h", new byte[1]);
      case "hard link up" -> tar.hardLink("h", "../../outside/file");
      case "hard link by a link" -> tar.symbolicLink("l", out).hardLink("h", "l/file");
      case "hard link to a link" ->
          tar.symbolicLink("l", out + "/file").hardLink("h", "l").file("h", new byte[1]);
      case "hard link to itself" -> tar.file("a", NONE).hardLink("a", "a");
      case "hard link to a directory" -> tar.directory("d/").hardLink("h", "d");
      case "whiteout by a link" -> tar.symbolicLink("l", out).file("l/.wh.file", NONE);
      case "opaque by a link" -> tar.symbolicLink("l", out).file("l/.wh..wh..opq", NONE);
      case "whiteout up" -> tar.file("a/.wh...", NONE);
      case "whiteout here" -> tar.file("a/.wh..", NONE);
      case "whiteout of nothing" -> tar.file(".wh.", NONE);
      case "root whiteout" -> tar.file(".wh..wh..opq", NONE);
      case "root is a file" -> tar.file("./", NONE);
      case "zero in the name" -> tar.pax("path", new byte[] {'a', 0, 'b'}).file("f", NONE);
      case "name too long" -> tar.pax("path", "n".repeat(300)).file("f", NONE);
      case "path too long" -> tar.pax("path", "d/".repeat(50_000) + "f").file("f", NONE);
      case "link too long" -> tar.pax("linkpath", "t".repeat(5000)).symbolicLink("l", "x");
      case "below a file" -> tar.file("a", NONE).file("a/b", NONE);
      case "below a pipe" -> tar.entry("a", '6', 0600, "", NONE).file("a/b", NONE);
      case "link loop" -> tar.symbolicLink("l", "l").file("l/x", NONE);
      case "too large" ->
          tar.pax("GNU.sparse.size", "" + Long.MAX_VALUE, "GNU.sparse.map", "0,1")
              .file("s", new byte[6]);
      case "truncated" -> {
        return Arrays.copyOf(tar.file("f", new byte[9000]).bytes(), 5000);
      }
      default -> throw new IllegalArgumentException(kind);
    }
    return tar.bytes();
  }
}
