package argosy.engine.spec;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The container's main process and its streams.
 *
 * @param entrypoint null: the image's; empty: none
 * @param cmd null: the image's
 * @param user "": root or the image's
 * @param stopSignal null: the image's, else SIGTERM
 * @param stopTimeout seconds; null: 10
 * @param consoleSize {@code [height, width]} of the first TTY, null when unknown
 */
public record ProcessSpec(
    @Nullable List<String> entrypoint,
    @Nullable List<String> cmd,
    List<String> env,
    String user,
    List<String> groupAdd,
    String workingDir,
    Stdio stdio,
    @Nullable String stopSignal,
    @Nullable Integer stopTimeout,
    @Nullable List<Integer> consoleSize) {
  public ProcessSpec {
    entrypoint = entrypoint == null ? null : List.copyOf(entrypoint);
    cmd = cmd == null ? null : List.copyOf(cmd);
    env = List.copyOf(env);
    groupAdd = List.copyOf(groupAdd);
  }

  /** The same with these variables before its own; its own win. */
  ProcessSpec with(List<String> variables) {
    var all = new ArrayList<String>();
    variables.stream().filter(each -> !isSet(each.split("=", 2)[0])).forEach(all::add);
    all.addAll(env);
    return new ProcessSpec(
        entrypoint,
        cmd,
        all,
        user,
        groupAdd,
        workingDir,
        stdio,
        stopSignal,
        stopTimeout,
        consoleSize);
  }

  private boolean isSet(String name) {
    return env.stream().anyMatch(own -> own.startsWith(name + "="));
  }

  /** Which streams are kept open and attached. */
  public record Stdio(
      boolean tty,
      boolean openStdin,
      boolean stdinOnce,
      boolean attachStdin,
      boolean attachStdout,
      boolean attachStderr) {}

  /** The argument vector that runs, entry point first. */
  public List<String> arguments() {
    var all = new ArrayList<String>();
    if (entrypoint != null) {
      all.addAll(entrypoint);
    }
    if (cmd != null) {
      all.addAll(cmd);
    }
    return List.copyOf(all);
  }
}
