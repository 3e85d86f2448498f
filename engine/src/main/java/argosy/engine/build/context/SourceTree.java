package argosy.engine.build.context;

import argosy.engine.disk.HeldFile;
import argosy.engine.failure.Failure;
import argosy.engine.failure.Refused;
import argosy.engine.linux.SystemCallFailed;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A tree that COPY and ADD take from: the build's context or an image's files. Links in it lead
 * nowhere but inside. For platform threads.
 */
public final class SourceTree {
  private final HeldFile root;
  private final boolean context;
  private final String verb;

  /**
   * {@code context}: whether it is the client's, which has other sentences; {@code verb}: ADD or
   * COPY.
   */
  public SourceTree(HeldFile root, boolean context, String verb) {
    this.root = root;
    this.context = context;
    this.verb = verb;
  }

  /**
   * What a source names, one or, with a pattern, any number.
   *
   * @throws Refused for a path that is not there or leads out
   */
  public List<Item> find(String source) {
    String path = clean(source);
    if (PathPattern.isWild(path)) {
      var pattern = PathPattern.of(path);
      var found = new ArrayList<String>();
      walk(root, "", pattern, path.split("/", -1).length, found);
      return found.stream().map(one -> new Item(root.inside(one), name(one), false)).toList();
    }
    return List.of(new Item(open(source, path), name(path), false));
  }

  /**
   * The same with the directories above: each item's name is its path, from {@code /./} in the
   * source on where that is there (Dockerfile reference, "COPY --parents").
   */
  public List<Item> nested(String source) {
    int pivot = source.indexOf("/./");
    String before = pivot < 0 ? "" : clean(source.substring(0, pivot));
    int skipped = before.isEmpty() ? 0 : before.split("/", -1).length;
    String path = clean(source);
    if (!PathPattern.isWild(path)) {
      return List.of(new Item(open(source, path), below(path, skipped), false, true));
    }
    var pattern = PathPattern.of(path);
    int depth = path.contains("**") ? Integer.MAX_VALUE : path.split("/", -1).length;
    var paths = new ArrayList<String>();
    walk(root, "", pattern, depth, paths);
    return paths.stream()
        .map(one -> new Item(root.inside(one), below(one, skipped), false, true))
        .toList();
  }

  private static String below(String path, int skipped) {
    var parts = List.of(path.split("/", -1));
    return String.join("/", parts.subList(Math.min(skipped, parts.size()), parts.size()));
  }

  private HeldFile open(String source, String path) {
    try {
      return root.inside(path.isEmpty() ? "." : path);
    } catch (SystemCallFailed failed) {
      String shown = path.isEmpty() ? source : path;
      throw new Refused(
          new Failure.NotFound(
              context
                  ? "%s failed: file not found in build context or excluded by .dockerignore: stat %s: file does not exist"
                      .formatted(verb, shown)
                  : "%s failed: stat %s: file does not exist".formatted(verb, shown)),
          failed);
    }
  }

  private String clean(String source) {
    Path path = Path.of("/", source);
    int depth = 0;
    for (Path part : Path.of(source)) {
      depth += part.toString().equals("..") ? -1 : part.toString().equals(".") ? 0 : 1;
      if (depth < 0 && context) {
        throw new Refused(
            new Failure.Invalid(
                "%s failed: forbidden path outside the build context: %s ()"
                    .formatted(verb, source)));
      }
    }
    return path.normalize().toString().substring(1);
  }

  private static String name(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  private void walk(
      HeldFile directory, String prefix, PathPattern pattern, int depth, List<String> found) {
    for (byte[] raw : directory.names()) {
      String name = new String(raw, StandardCharsets.UTF_8);
      String path = prefix + name;
      if (pattern.matches(path)) {
        found.add(path);
      } else if (depth > 1) {
        try (var entry = directory.entry(raw)) {
          if (entry.status().isDirectory()) {
            walk(entry, path + "/", pattern, depth - 1, found);
          }
        }
      }
    }
  }
}
