package argosy.cli.command;

import argosy.cli.client.Daemon;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * One command on its way.
 *
 * @param cluster whether the daemon is seen as all its nodes
 */
public record Invocation(
    Arguments arguments,
    Daemon daemon,
    boolean cluster,
    Console console,
    Map<String, String> environment,
    InstantSource clock) {

  /** Something done to one of several things. */
  @FunctionalInterface
  public interface Act {
    void on(String name) throws IOException;

    /** This, and if it did not fail, that. */
    default Act then(Act next) {
      return name -> {
        on(name);
        next.on(name);
      };
    }
  }

  /**
   * Does something to each operand; one that fails is reported and keeps no other from its turn.
   *
   * @return 0, or 1 when any failed
   */
  public int each(List<String> names, Act act) {
    int code = 0;
    for (String name : names) {
      try {
        act.on(name);
      } catch (IOException e) {
        console.complain(String.valueOf(e.getMessage()));
        code = 1;
      }
    }
    return code;
  }

  /**
   * As {@link #each}, all at the same time, and each name that succeeded is printed: what takes its
   * time, such as a stop, takes it once. The order of names is kept.
   */
  public int eachAtOnce(List<String> names, Act act) {
    if (names.size() == 1) {
      return each(names, act.then(console.out()::println));
    }
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Act>> running = new ArrayList<>();
      names.forEach(name -> running.add(executor.submit(() -> done(act, name))));
      var next = running.iterator();
      return each(names, name -> result(next.next()).on(name));
    }
  }

  /** What is left to do on the command's own thread: print the name, or fail. */
  private Act done(Act act, String name) {
    try {
      act.on(name);
      return console.out()::println;
    } catch (IOException e) {
      return _ -> {
        throw e;
      };
    }
  }

  private static Act result(Future<Act> running) throws IOException {
    try {
      return running.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } catch (ExecutionException e) {
      throw new IOException(String.valueOf(e.getCause()), e);
    }
  }
}
