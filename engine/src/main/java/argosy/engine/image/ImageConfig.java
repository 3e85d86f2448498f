package argosy.engine.image;

import argosy.engine.spec.HealthSpec;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The run-time half of an image's configuration (OCI image spec, config.md, "config"). */
public record ImageConfig(
    String user,
    Set<String> exposedPorts,
    List<String> env,
    @Nullable List<String> entrypoint,
    @Nullable List<String> cmd,
    Set<String> volumes,
    String workingDir,
    Map<String, String> labels,
    @Nullable String stopSignal,
    List<String> shell,
    List<String> onBuild,
    @Nullable HealthSpec health) {
  public ImageConfig {
    exposedPorts = Set.copyOf(exposedPorts);
    env = List.copyOf(env);
    entrypoint = entrypoint == null ? null : List.copyOf(entrypoint);
    cmd = cmd == null ? null : List.copyOf(cmd);
    volumes = Set.copyOf(volumes);
    labels = Map.copyOf(labels);
    shell = List.copyOf(shell);
    onBuild = List.copyOf(onBuild);
  }

  public static final ImageConfig EMPTY =
      new ImageConfig(
          "", Set.of(), List.of(), null, null, Set.of(), "", Map.of(), null, List.of(), List.of(),
          null);
}
