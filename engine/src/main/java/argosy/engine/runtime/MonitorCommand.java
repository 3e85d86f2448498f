package argosy.engine.runtime;

import argosy.engine.runtime.ContainerRuntime.Bundle;
import argosy.engine.runtime.ContainerRuntime.ExecPlan;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The monitor's command lines; conmon(8) says what each option means. Pure. */
record MonitorCommand(Path conmon, Path runtime, Path root) {

  /** Creates a container; its working directory is the bundle. */
  List<String> create(Bundle bundle, Path directory, Path exits) {
    var words = common(bundle.id(), directory);
    words.addAll(
        List.of(
            "--exit-dir=" + exits,
            "-P",
            directory.resolve("conmon.pid").toString(),
            "-l",
            "k8s-file:" + bundle.log()));
    if (bundle.tty()) {
      words.add("-t");
    } else if (bundle.stdin()) {
      words.add("-i");
      if (!bundle.stdinOnce()) {
        words.add("--leave-stdin-open");
      }
    }
    return List.copyOf(words);
  }

  /**
   * Starts a process in a container. Its exit directory is its own: the file carries the
   * container's id and would overwrite its code elsewhere.
   */
  List<String> exec(ExecPlan plan, Path directory, boolean attach) {
    var words = common(plan.id(), directory);
    words.addAll(
        List.of("-e", "--exec-process-spec", directory.resolve("process.json").toString()));
    words.addAll(
        List.of(
            "-l",
            "none:",
            "--exit-dir=" + directory,
            "-P",
            directory.resolve("conmon.pid").toString()));
    if (attach) {
      words.add("--exec-attach");
    }
    if (plan.tty()) {
      words.add("-t");
    } else if (plan.stdin() && attach) {
      words.add("-i");
    }
    return List.copyOf(words);
  }

  private List<String> common(String id, Path directory) {
    return new ArrayList<>(
        List.of(
            conmon.toString(),
            "--api-version",
            "1",
            "-c",
            id,
            "-u",
            id,
            "-n",
            id,
            "-r",
            runtime.toString(),
            "--runtime-arg=--root=" + root,
            "--runtime-arg=--log=" + directory.resolve("oci.log"),
            "--runtime-arg=--log-format=json",
            "-b",
            directory.toString(),
            "-p",
            directory.resolve("pid").toString(),
            "--full-attach",
            "--no-sync-log"));
  }
}
