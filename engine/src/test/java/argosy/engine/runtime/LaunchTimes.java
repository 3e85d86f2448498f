package argosy.engine.runtime;

import argosy.engine.runtime.ContainerRuntime.Bundle;
import argosy.engine.runtime.ContainerRuntime.Exit;
import argosy.engine.spec.Resources;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;

/** Measures the steps of a container's life: {@code java … LaunchTimes runc 30}. */
final class LaunchTimes {
  private static final String[] STEPS = {"config", "create", "start", "exit", "delete", "all"};

  private LaunchTimes() {}

  public static void main(String[] arguments) throws Exception {
    int rounds = Integer.parseInt(arguments[1]);
    Path root = Files.createTempDirectory("argosy-times");
    try (var box = new TestBox(root, arguments[0])) {
      double[][] times = new double[STEPS.length][rounds];
      for (int round = -5; round < rounds; round++) {
        double[] one = one(box);
        for (int step = 0; step < STEPS.length && round >= 0; step++) {
          times[step][round] = one[step];
        }
      }
      for (int step = 0; step < STEPS.length; step++) {
        Arrays.sort(times[step]);
        System.out.printf(
            "%s %s median %.2f min %.2f ms%n",
            arguments[0], STEPS[step], times[step][rounds / 2], times[step][0]);
      }
    } finally {
      Places.remove(root);
    }
  }

  private static double[] one(TestBox box) throws Exception {
    String id = TestBox.id();
    long[] at = new long[STEPS.length];
    at[0] = System.nanoTime();
    var spec = TestBox.spec(TestBox.stdio(false, false, false), Resources.NONE, "true");
    byte[] config = box.config(id, spec);
    at[1] = System.nanoTime();
    int pid = box.runtime.create(new Bundle(id, config, box.log(id), false, false, false, null));
    at[2] = System.nanoTime();
    CompletableFuture<Exit> exit = box.exit(id, pid);
    box.runtime.start(id);
    at[3] = System.nanoTime();
    TestBox.soon(exit);
    at[4] = System.nanoTime();
    box.runtime.delete(id);
    at[5] = System.nanoTime();
    double[] steps = new double[STEPS.length];
    for (int step = 0; step < STEPS.length - 1; step++) {
      steps[step] = (at[step + 1] - at[step]) / 1e6;
    }
    steps[STEPS.length - 1] = (at[5] - at[0]) / 1e6;
    return steps;
  }
}
