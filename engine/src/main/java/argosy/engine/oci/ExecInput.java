package argosy.engine.oci;

import argosy.engine.spec.ContainerSpec;
import java.util.List;

/**
 * A further process in a container.
 *
 * @param spec the container's own
 * @param env added to the container's environment
 * @param workingDir "": the container's
 */
public record ExecInput(
    ContainerSpec spec,
    String hostname,
    List<String> command,
    List<String> env,
    UserIds user,
    String workingDir,
    boolean tty,
    boolean privileged,
    HostFacts host) {
  public ExecInput {
    command = List.copyOf(command);
    env = List.copyOf(env);
  }
}
