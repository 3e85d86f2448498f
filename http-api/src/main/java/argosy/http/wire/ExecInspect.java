package argosy.http.wire;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An exec as it is now; {@code exitCode} is null until it ended. */
@PascalCase
public record ExecInspect(
    @JsonProperty("ID") String id,
    boolean running,
    @Nullable Integer exitCode,
    ProcessConfig processConfig,
    boolean openStdin,
    boolean openStderr,
    boolean openStdout,
    boolean canRemove,
    @JsonProperty("ContainerID") String containerId,
    byte[] detachKeys,
    int pid) {

  /** What it runs; these names start small. */
  public record ProcessConfig(
      boolean tty,
      String entrypoint,
      List<String> arguments,
      boolean privileged,
      @OmitEmpty String user) {}
}
