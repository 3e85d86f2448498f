package argosy.http.wire;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A container's own half of its configuration, asked for and shown alike. */
@PascalCase
public record Config(
    @Nullable String hostname,
    @Nullable String domainname,
    @Nullable String user,
    boolean attachStdin,
    boolean attachStdout,
    boolean attachStderr,
    @OmitEmpty @Nullable Map<String, Object> exposedPorts,
    boolean tty,
    boolean openStdin,
    boolean stdinOnce,
    @Nullable List<String> env,
    @OneOrMany @Nullable List<String> cmd,
    @OmitNull @Nullable Healthcheck healthcheck,
    @OmitNull @Nullable Boolean argsEscaped,
    @Nullable String image,
    @Nullable Map<String, Object> volumes,
    @Nullable String workingDir,
    @OneOrMany @Nullable List<String> entrypoint,
    @OmitNull @Nullable Boolean networkDisabled,
    @OmitNull @Nullable String macAddress,
    @Nullable List<String> onBuild,
    @Nullable Map<String, String> labels,
    @OmitNull @Nullable String stopSignal,
    @OmitNull @Nullable Integer stopTimeout,
    @OmitEmpty @OneOrMany @Nullable List<String> shell) {

  /** Durations in nanoseconds; 0 inherits. */
  @PascalCase
  public record Healthcheck(
      @OneOrMany @OmitEmpty @Nullable List<String> test,
      @OmitNull @Nullable Long interval,
      @OmitNull @Nullable Long timeout,
      @OmitNull @Nullable Long startPeriod,
      @OmitNull @Nullable Long startInterval,
      @OmitNull @Nullable Integer retries) {}
}
