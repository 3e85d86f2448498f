package argosy.engine.build;

import argosy.engine.dockerfile.Instruction;
import java.util.List;

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

  /** {@code environment}: for this command alone, the image's included. */
  record Run(String createdBy, List<String> command, List<String> environment, String network)
      implements Deed {
    public Run {
      command = List.copyOf(command);
      environment = List.copyOf(environment);
    }
  }

  /** {@code createdBy} lacks what the sources' content adds; {@code destination} is absolute. */
  record Copy(String createdBy, Instruction.Copy what, String destination) implements Deed {}
}
