package argosy.engine.container.naming;

import argosy.engine.failure.Failure;
import argosy.engine.failure.Refused;
import java.util.regex.Pattern;

/** What a container may be called; Docker's rule and texts. */
public final class ContainerName {
  private static final Pattern ALLOWED = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9_.-]+");

  private ContainerName() {}

  /** The name without its slash; refused when it is not one. */
  public static String parse(String text) {
    String name = text.startsWith("/") ? text.substring(1) : text;
    if (!ALLOWED.matcher(name).matches()) {
      throw new Refused(
          new Failure.Invalid(
              "Invalid container name (%s), only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed"
                  .formatted(text)));
    }
    return name;
  }

  /** Somebody else has it. */
  public static Failure taken(String name, String owner) {
    return new Failure.Conflict(
        ("Conflict. The container name \"/%s\" is already in use by container \"%s\". You have to"
                + " remove (or rename) that container to be able to reuse that name.")
            .formatted(name, owner));
  }
}
