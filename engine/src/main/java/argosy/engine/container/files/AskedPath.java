package argosy.engine.container.files;

import java.util.ArrayList;
import java.util.List;

/**
 * A path in a container as somebody wrote it. Docker first cleans it as text, then looks whether it
 * ended with a slash or with a dot: then a link at its end is followed.
 *
 * @param asked as written
 * @param parts cleaned: no dots, nothing empty
 */
public record AskedPath(String asked, List<String> parts, Ending ending) {
  public AskedPath {
    parts = List.copyOf(parts);
  }

  /** What stands after the last name. */
  public enum Ending {
    NONE(""),
    SLASH("/"),
    DOT("/.");

    private final String text;

    Ending(String text) {
      this.text = text;
    }
  }

  /** Reads a path, which is taken as absolute whether it is or not. */
  public static AskedPath of(String asked) {
    var parts = new ArrayList<String>();
    for (String part : asked.split("/", -1)) {
      if (part.equals("..")) {
        if (!parts.isEmpty()) {
          parts.removeLast();
        }
      } else if (!part.isEmpty() && !part.equals(".")) {
        parts.add(part);
      }
    }
    return new AskedPath(asked, parts, ending(asked, parts.isEmpty()));
  }

  private static Ending ending(String asked, boolean root) {
    if (asked.equals(".") || asked.endsWith("/.")) {
      return Ending.DOT;
    }
    return asked.endsWith("/") && !root ? Ending.SLASH : Ending.NONE;
  }

  /** Absolute, without its ending. */
  public String clean() {
    return "/" + String.join("/", parts);
  }

  /** Absolute, as Docker shows it. */
  public String shown() {
    return parts.isEmpty() && ending == Ending.DOT ? "/." : clean() + ending.text;
  }

  /** Whether it can only be a directory, so that a link at its end is followed. */
  public boolean isDirectory() {
    return parts.isEmpty() || ending != Ending.NONE;
  }

  /** The directory to look in: itself where it can only be one. */
  public String directory() {
    List<String> above = isDirectory() ? parts : parts.subList(0, parts.size() - 1);
    return "/" + String.join("/", above);
  }

  /** What it is called in an archive and in a stat. */
  public String name() {
    if (ending == Ending.DOT) {
      return ".";
    }
    return parts.isEmpty() ? "/" : parts.getLast();
  }

  /** Where a link at this path leads, as text inside the container. */
  public String joined(String target) {
    String whole = target.startsWith("/") ? target : directory() + "/" + target;
    return of(whole).clean();
  }
}
