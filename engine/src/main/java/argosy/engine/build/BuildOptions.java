package argosy.engine.build;

import argosy.engine.image.ImageStreams.RegistryAuth;
import argosy.engine.spec.Resources;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How an image shall be built ({@code POST /build}).
 *
 * @param remote where the context is, instead of in the request; empty: in the request
 * @param dockerfile its path in the context
 * @param tags names for the image
 * @param arguments what ARG lines get
 * @param labels put on the image besides the file's own
 * @param target the stage to build; empty: the last
 * @param useCache whether steps done before are taken as they were
 * @param cacheFrom images, pulled ones too, whose steps alone may be taken; none: any step done
 *     here
 * @param pull whether base images are pulled even when there
 * @param keep whether a step's container stays: never, when the step fails, always
 * @param platform null: this host's
 * @param limits for the containers of RUN steps
 * @param credentials by registry
 */
public record BuildOptions(
    String remote,
    String dockerfile,
    List<String> tags,
    Map<String, String> arguments,
    Map<String, String> labels,
    String target,
    boolean useCache,
    List<String> cacheFrom,
    boolean pull,
    Keep keep,
    @Nullable String platform,
    Limits limits,
    Map<String, RegistryAuth> credentials) {
  public BuildOptions {
    tags = List.copyOf(tags);
    arguments = Map.copyOf(arguments);
    labels = Map.copyOf(labels);
    cacheFrom = List.copyOf(cacheFrom);
    credentials = Map.copyOf(credentials);
  }

  /** Which containers of steps stay. */
  public enum Keep {
    NONE,
    FAILED,
    ALL
  }

  /**
   * What a step's container may use; memory and shared memory in bytes, times in microseconds, zero
   * is without a limit.
   *
   * @param network a mode or a network's name; empty: the default
   */
  public record Limits(
      long memory,
      long memorySwap,
      long cpuShares,
      long cpuPeriod,
      long cpuQuota,
      String cpusetCpus,
      String cpusetMems,
      long shmSize,
      String cgroupParent,
      String network,
      List<String> extraHosts,
      List<Resources.Ulimit> ulimits) {
    public Limits {
      ulimits = List.copyOf(ulimits);
      extraHosts = List.copyOf(extraHosts);
    }

    public static final Limits NONE =
        new Limits(0, 0, 0, 0, 0, "", "", 0, "", "", List.of(), List.of());
  }
}
