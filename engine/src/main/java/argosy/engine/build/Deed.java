package argosy.engine.build;

import argosy.engine.dockerfile.Instruction;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a step asks for once its variables are put in.
 *
 * <p>{@code createdBy}: the line it leaves in the image's history, as Docker writes it; with the
 * parent image and the configuration it is the key under which the cache knows the step.
 */
sealed interface Deed {
  String createdBy();

  /** Nothing but the configuration has changed. */
  record Configure(String createdBy) implements Deed {}

  /** The author has changed. */
  record Sign(String createdBy, String author) implements Deed {}

  /** The working directory has changed, and is made where it is missing. */
  record Enter(String createdBy, String path) implements Deed {}

  /**
   * A command.
   *
   * @param createdBy lacks what the mounts' content adds
   * @param environment for this command alone, the image's included
   * @param script what is mounted where the command is, for a here-document with an interpreter
   */
  record Run(
      String createdBy,
      List<String> command,
      List<String> environment,
      String network,
      List<RunMount> mounts,
      @Nullable String script)
      implements Deed {
    public Run {
      command = List.copyOf(command);
      environment = List.copyOf(environment);
      mounts = List.copyOf(mounts);
    }

    Run named(String line) {
      return new Run(line, command, environment, network, mounts, script);
    }
  }

  /** {@code createdBy} lacks what the sources' content adds; {@code destination} is absolute. */
  record Copy(String createdBy, Instruction.Copy what, String destination) implements Deed {}
}
