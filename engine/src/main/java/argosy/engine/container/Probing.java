package argosy.engine.container;

import argosy.engine.container.Container.Health.Probe;
import argosy.engine.container.health.HealthCourse;
import argosy.engine.runtime.Console;
import argosy.engine.runtime.ContainerRuntime.ExecPlan;
import argosy.engine.runtime.ContainerRuntime.ExecProcess;
import argosy.engine.runtime.ContainerRuntime.Exit;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs one health probe to its end or to the end of its time; blocks. */
record Probing(Surroundings around, String container, String exec, Duration timeout) {
  /** Bytes of output that are kept, as Docker does. */
  private static final int KEPT = 4096;

  Probe run(byte[] process, Instant start) {
    var heard = new Heard();
    var plan = new ExecPlan(container, exec, process, false, false, 0, 0, "");
    ExecProcess running = around.runtime().exec(plan, heard);
    var over = new CompletableFuture<Exit>();
    running.onExit(over::complete);
    try {
      int code = over.get(timeout.toMillis(), TimeUnit.MILLISECONDS).code();
      return probe(start, code, heard.text());
    } catch (TimeoutException e) {
      ProcessHandle.of(running.pid()).ifPresent(ProcessHandle::destroyForcibly);
      return probe(start, -1, HealthCourse.overtime(timeout));
    } catch (ExecutionException e) {
      return probe(start, -1, String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return probe(start, -1, "interrupted");
    } finally {
      Console console = running.console();
      if (console != null) {
        console.close();
      }
    }
  }

  private Probe probe(Instant start, int code, String output) {
    return new Probe(start, around.clock().instant(), code, output);
  }

  private static final class Heard implements Console.Listener {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private boolean cut;

    @Override
    public synchronized boolean output(boolean stderr, byte[] more) {
      int room = Math.min(more.length, KEPT - bytes.size());
      bytes.write(more, 0, room);
      cut |= room < more.length;
      return true;
    }

    @Override
    public void closed() {}

    synchronized String text() {
      return bytes.toString(StandardCharsets.UTF_8) + (cut ? "..." : "");
    }
  }
}
