package argosy.engine.container;

import argosy.engine.container.ContainerRequest.ExecSpec;
import argosy.engine.container.admission.Site;
import argosy.engine.container.mount.ResolvedMount;
import argosy.engine.network.Sandbox;
import argosy.engine.runtime.ContainerRuntime.Runtimes;
import argosy.engine.spec.ContainerSpec;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

/** Writes down for the OCI runtime what is to run. Calls may block: users are looked up. */
public interface Blueprints {
  /** What this host offers; {@code runtimes}: those it has. */
  Site site(Runtimes runtimes);

  /** The OCI config.json of a container. */
  byte[] config(Building building);

  /** The OCI process object of an exec in a running container. */
  byte[] process(ContainerSpec spec, Path rootfs, String hostname, ExecSpec exec);

  /**
   * A container about to run.
   *
   * @param mounts with the engine's own files among them
   * @param pidOf the first process of a running container, by id; throws Refused when it has none
   */
  record Building(
      String id,
      ContainerSpec spec,
      Path rootfs,
      String hostname,
      Sandbox sandbox,
      List<ResolvedMount> mounts,
      Function<String, Integer> pidOf) {
    public Building {
      mounts = List.copyOf(mounts);
    }
  }
}
