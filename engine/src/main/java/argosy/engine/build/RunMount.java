package argosy.engine.build;

import argosy.engine.failure.Failure;
import argosy.engine.failure.Refused;
import argosy.engine.image.manifest.ConfigEdits;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What {@code RUN --mount} asks for (Dockerfile reference, "RUN --mount").
 *
 * @param target absolute
 * @param from the stage or image that a bind takes its files from; null: the build's context
 * @param source below it; "" is all of it
 * @param id a cache's name
 * @param mode of a cache's directory
 * @param size of a tmpfs in bytes, 0 without a bound
 */
record RunMount(
    Kind kind,
    String target,
    @Nullable String from,
    String source,
    boolean readOnly,
    String id,
    Sharing sharing,
    int mode,
    int uid,
    int gid,
    long size) {
  enum Kind {
    BIND,
    CACHE,
    TMPFS
  }

  /** Who may use a cache at a time: everybody, one after the other, or each its own. */
  enum Sharing {
    SHARED,
    LOCKED,
    PRIVATE
  }

  /**
   * Reads {@code key=value,…}.
   *
   * @param directory where a relative target begins
   */
  static RunMount parse(String text, String directory) {
    var draft = new Draft();
    for (String field : fields(text)) {
      int equals = field.indexOf('=');
      String name = (equals < 0 ? field : field.substring(0, equals)).strip();
      draft.set(name.toLowerCase(Locale.ROOT), equals < 0 ? null : field.substring(equals + 1));
    }
    return draft.mount(directory);
  }

  /** A line of comma-separated values, where quotes keep a comma in its value. */
  private static List<String> fields(String text) {
    var fields = new ArrayList<String>();
    var field = new StringBuilder();
    boolean quoted = false;
    for (char c : text.toCharArray()) {
      if (c == '"') {
        quoted = !quoted;
      } else if (c == ',' && !quoted) {
        fields.add(field.toString());
        field.setLength(0);
      } else {
        field.append(c);
      }
    }
    fields.add(field.toString());
    return fields;
  }

  private static final class Draft {
    private String type = "bind";
    private String target = "";
    private @Nullable String from;
    private String source = "";
    private @Nullable Boolean readOnly;
    private String id = "";
    private String sharing = "shared";
    private int mode = 0755;
    private int uid;
    private int gid;
    private long size;

    void set(String name, @Nullable String value) {
      switch (name) {
        case "readonly", "ro" -> readOnly = flag(name, value);
        case "readwrite", "rw" -> readOnly = !flag(name, value);
        case "required" -> flag(name, value);
        default -> {
          if (value == null) {
            throw BuildRun.refused("invalid field '%s' must be a key=value pair".formatted(name));
          }
          text(name, value);
        }
      }
    }

    private void text(String name, String value) {
      switch (name) {
        case "type" -> type = value.toLowerCase(Locale.ROOT);
        case "target", "dst", "destination" -> target = value;
        case "from" -> from = value;
        case "source", "src" -> source = value;
        case "id" -> id = value;
        case "sharing" -> sharing = value.toLowerCase(Locale.ROOT);
        case "mode" -> mode = number(name, value, 8);
        case "uid" -> uid = number(name, value, 10);
        case "gid" -> gid = number(name, value, 10);
        case "size" -> size = bytes(value);
        case "env" -> id = value;
        default ->
            throw BuildRun.refused("unexpected key '%s' in '%s=%s'".formatted(name, name, value));
      }
    }

    private static boolean flag(String name, @Nullable String value) {
      if (value == null || value.equals("true") || value.equals("1")) {
        return true;
      }
      if (value.equals("false") || value.equals("0")) {
        return false;
      }
      throw BuildRun.refused("invalid value for %s: %s".formatted(name, value));
    }

    private static int number(String name, String value, int radix) {
      try {
        return Integer.parseUnsignedInt(value, radix);
      } catch (NumberFormatException e) {
        throw new Refused(new Failure.Invalid("invalid value %s for %s".formatted(value, name)), e);
      }
    }

    private static long bytes(String value) {
      String text = value.toLowerCase(Locale.ROOT).replaceFirst("i?b$", "");
      if (!text.matches("[0-9]{1,15}[kmgt]?")) {
        throw BuildRun.refused("invalid value %s for size".formatted(value));
      }
      int unit = "kmgt".indexOf(text.charAt(text.length() - 1)) + 1;
      return Long.parseLong(text.replaceFirst("[kmgt]$", "")) << (10 * unit);
    }

    RunMount mount(String directory) {
      var kind =
          switch (type) {
            case "bind" -> Kind.BIND;
            case "cache" -> Kind.CACHE;
            case "tmpfs" -> Kind.TMPFS;
            case "secret", "ssh" ->
                throw new Refused(
                    new Failure.NotImplemented(
                        "RUN --mount=type=%s: the classic builder's request can not carry %s, that comes with BuildKit's session"
                            .formatted(type, type.equals("ssh") ? "an ssh agent" : "secrets")));
            default -> throw BuildRun.refused("unsupported mount type \"%s\"".formatted(type));
          };
      if (target.isEmpty()) {
        throw BuildRun.refused("mount type=%s needs a target".formatted(type));
      }
      String absolute = ConfigEdits.resolved(directory, target);
      if (absolute.equals("/")) {
        throw BuildRun.refused("invalid mount target \"%s\": the root is taken".formatted(target));
      }
      if (kind == Kind.CACHE && from != null) {
        throw new Refused(
            new Failure.NotImplemented(
                "RUN --mount=type=cache,from=…: a cache begins empty; fill it in the command"));
      }
      return new RunMount(
          kind,
          absolute,
          from,
          source,
          readOnly == null ? kind == Kind.BIND : readOnly,
          id.isEmpty() ? absolute : id,
          share(),
          mode,
          uid,
          gid,
          size);
    }

    private Sharing share() {
      return switch (sharing) {
        case "shared" -> Sharing.SHARED;
        case "locked" -> Sharing.LOCKED;
        case "private" -> Sharing.PRIVATE;
        default -> throw BuildRun.refused("unsupported sharing value \"%s\"".formatted(sharing));
      };
    }
  }
}
