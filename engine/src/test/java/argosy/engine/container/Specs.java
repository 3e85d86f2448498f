package argosy.engine.container;

import argosy.engine.spec.ContainerSpec;
import argosy.engine.spec.ContainerSpec.Identity;
import argosy.engine.spec.ContainerSpec.Isolation;
import argosy.engine.spec.ContainerSpec.LogSpec;
import argosy.engine.spec.ContainerSpec.RestartPolicy;
import argosy.engine.spec.HealthSpec;
import argosy.engine.spec.NetworkSpec;
import argosy.engine.spec.ProcessSpec;
import argosy.engine.spec.ProcessSpec.Stdio;
import argosy.engine.spec.Resources;
import argosy.engine.spec.Security;
import argosy.engine.spec.Storage;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Specs for tests: what a plain {@code docker run} sends, and variations of it. */
public final class Specs {
  private Specs() {}

  public static final NetworkSpec NETWORK =
      new NetworkSpec(
          "default", Map.of(), Set.of(), Map.of(), false, NetworkSpec.Names.NONE, "", false);
  public static final Storage STORAGE =
      new Storage(List.of(), List.of(), Map.of(), List.of(), Set.of(), "", Map.of());
  public static final Stdio PLAIN = new Stdio(false, false, false, false, true, true);
  public static final Stdio INTERACTIVE = new Stdio(false, true, true, true, true, true);
  public static final Stdio TERMINAL = new Stdio(true, true, true, true, true, true);

  public static ProcessSpec process(Stdio stdio, String... cmd) {
    return new ProcessSpec(
        null,
        cmd.length == 0 ? null : List.of(cmd),
        List.of(),
        "",
        List.of(),
        "",
        stdio,
        null,
        null,
        null);
  }

  public static ContainerSpec plain(String... cmd) {
    return spec(process(PLAIN, cmd), STORAGE, RestartPolicy.NONE, false);
  }

  public static ContainerSpec thrownAway(String... cmd) {
    return spec(process(PLAIN, cmd), STORAGE, RestartPolicy.NONE, true);
  }

  public static ContainerSpec restarting(RestartPolicy.Name policy, int retries) {
    return spec(process(PLAIN, "sh"), STORAGE, new RestartPolicy(policy, retries), false);
  }

  public static ContainerSpec with(Stdio stdio) {
    return spec(process(stdio, "sh"), STORAGE, RestartPolicy.NONE, false);
  }

  public static ContainerSpec checked(HealthSpec health, Map<String, String> labels) {
    return spec(process(PLAIN, "sh"), STORAGE, RestartPolicy.NONE, false, labels, health);
  }

  public static ContainerSpec anonymous(String... destinations) {
    var storage =
        new Storage(List.of(), List.of(), Map.of(), List.of(), Set.of(destinations), "", Map.of());
    return spec(process(PLAIN, "sh"), storage, RestartPolicy.NONE, false);
  }

  public static ContainerSpec spec(
      ProcessSpec process, Storage storage, RestartPolicy restart, boolean autoRemove) {
    return spec(process, storage, restart, autoRemove, Map.of("tier", "web"), null);
  }

  private static ContainerSpec spec(
      ProcessSpec process,
      Storage storage,
      RestartPolicy restart,
      boolean autoRemove,
      Map<String, String> labels,
      @Nullable HealthSpec health) {
    return new ContainerSpec(
        "busybox",
        process,
        new Identity("", "", labels, Map.of()),
        new Isolation("", "", "", "", "", false),
        new Security(false, false, List.of(), List.of(), List.of(), null, null, Map.of()),
        Resources.NONE,
        storage,
        NETWORK,
        new LogSpec("", Map.of()),
        restart,
        health,
        autoRemove,
        null,
        null);
  }
}
