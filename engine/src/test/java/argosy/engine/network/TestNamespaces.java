package argosy.engine.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import argosy.engine.linux.Libc;
import argosy.engine.linux.NetworkNamespace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Network namespaces for one test, under names of its own: a host, and a neighbour joined to it by
 * a pair of links. {@link #onHost} is where the code under test runs.
 */
final class TestNamespaces implements AutoCloseable {
  private static final String PREFIX = "argonet" + ProcessHandle.current().pid();
  static final String HOST_ADDRESS = "10.213.0.1";
  static final String NEIGHBOUR_ADDRESS = "10.213.0.2";

  final String host = PREFIX + "h";
  final String neighbour = PREFIX + "n";
  private final ExecutorService onHost;

  TestNamespaces() {
    sh("ip netns add " + host);
    sh("ip netns add " + neighbour);
    in(host, "ip link set lo up");
    in(neighbour, "ip link set lo up");
    in(host, "ip link add wire type veth peer name wire netns " + neighbour);
    in(host, "ip addr add " + HOST_ADDRESS + "/24 dev wire");
    in(host, "ip link set wire up");
    in(neighbour, "ip addr add " + NEIGHBOUR_ADDRESS + "/24 dev wire");
    in(neighbour, "ip link set wire up");
    onHost = threadsIn(Path.of("/run/netns", host));
  }

  /** Threads that are in the host's namespace. */
  ExecutorService onHost() {
    return onHost;
  }

  /** Threads that are in the namespace that the file keeps. */
  static ExecutorService threadsIn(Path file) {
    return Executors.newFixedThreadPool(2, work -> threadIn(file, work));
  }

  private static Thread threadIn(Path file, Runnable work) {
    return Thread.ofPlatform()
        .daemon()
        .unstarted(() -> {
          int fd = NetworkNamespace.open(file);
          Libc.check("setns", Libc.setns(fd, Libc.CLONE_NEWNET));
          Libc.close(fd);
          work.run();
        });
  }

  /** Runs a shell line in a namespace given by name or file; its output, which must succeed. */
  static String in(String namespace, String line) {
    var result = tryIn(namespace, line);
    assertEquals(0, result.code(), line + ": " + result.output());
    return result.output();
  }

  static Result tryIn(String namespace, String line) {
    String file = namespace.startsWith("/") ? namespace : "/run/netns/" + namespace;
    return run(List.of("nsenter", "--net=" + file, "sh", "-c", line));
  }

  static String sh(String line) {
    var result = run(List.of("sh", "-c", line));
    assertEquals(0, result.code(), line + ": " + result.output());
    return result.output();
  }

  /** A server that answers each connection with its name; killed when closed. */
  static Process serve(String namespace, int port, String name) {
    return background(namespace, "busybox nc -ll -p %d -e echo %s".formatted(port, name));
  }

  /** Starts a program there. */
  static Process background(String namespace, String line) {
    String file = namespace.startsWith("/") ? namespace : "/run/netns/" + namespace;
    try {
      return new ProcessBuilder("sh", "-c", "exec nsenter --net=" + file + " " + line).start();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** What a server there says, "" when it can not be reached. */
  static String call(String namespace, String address, int port) {
    var result =
        tryIn(namespace, "busybox nc -w 1 %s %d </dev/null 2>/dev/null".formatted(address, port));
    return result.code() == 0 ? result.output() : "";
  }

  /** Waits until the condition holds; fails after ten seconds. */
  static void await(String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() < deadline, "in vain: " + what);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
  }

  @Override
  public void close() {
    onHost.shutdownNow();
    sh("ip netns del " + host);
    sh("ip netns del " + neighbour);
  }

  record Result(int code, String output) {}

  /** iproute2's, when something else changed while it listed: the list goes on all the same. */
  private static final String INTERRUPTED = "Dump was interrupted and may be inconsistent.\n";

  private static Result run(List<String> command) {
    try {
      Process process =
          new ProcessBuilder(new ArrayList<>(command)).redirectErrorStream(true).start();
      String output =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
              .replace(INTERRUPTED, "")
              .strip();
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("does not end: " + command);
      }
      return new Result(process.exitValue(), output);
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
