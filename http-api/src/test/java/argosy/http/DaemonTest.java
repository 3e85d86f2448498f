package argosy.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import argosy.engine.EngineConfig;
import argosy.engine.failure.Failure;
import argosy.engine.failure.Refused;
import argosy.http.transport.ListenAddress;
import com.typesafe.config.Config;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The whole daemon except its engine. */
class DaemonTest {
  @TempDir Path directory;

  private Config config(String root, String... more) {
    var arguments =
        new ArrayList<>(
            List.of(
                "--config",
                "/dev/null",
                "--data-root",
                directory.resolve(root).toString(),
                "--exec-root",
                directory.resolve("run").toString()));
    arguments.addAll(List.of(more));
    return Settings.of(
        new CommandLine(CommandLineSpec.create()).parseArgs(arguments.toArray(String[]::new)));
  }

  private static LocalHost engine(EngineConfig config, Config all) {
    var system = ActorSystem.create(Behaviors.empty(), "daemon-test", all);
    return new LocalHost(
        FakeCluster.NO_ENGINE,
        system,
        "id",
        "n1",
        () -> {
          system.terminate();
          system.getWhenTerminated().toCompletableFuture().get(10, TimeUnit.SECONDS);
        });
  }

  private String refusal(Config config) {
    return String.valueOf(
        assertThrows(RuntimeException.class, () -> new Daemon(config, DaemonTest::engine).close())
            .getMessage());
  }

  private Path socket() {
    return directory.resolve("run/argosy.sock");
  }

  @Test
  void it_answers_on_its_socket_and_leaves_nothing_behind() throws Exception {
    var pid = directory.resolve("pid");
    var cluster = directory.resolve("cluster.sock");
    try (var daemon =
        new Daemon(
            config("a", "--pidfile", pid.toString(), "--cluster-host", "unix://" + cluster),
            DaemonTest::engine)) {
      assertEquals(
          "unix://%s, unix://%s (cluster)".formatted(socket(), cluster), daemon.described());
      for (var path : List.of(socket(), cluster)) {
        try (var client = RawClient.to(new ListenAddress.Unix(path))) {
          client.send("GET /nope HTTP/1.1\r\nHost:\r\n\r\n").until("page not found");
        }
      }
      assertEquals(
          "rw-rw----", PosixFilePermissions.toString(Files.getPosixFilePermissions(socket())));
      assertEquals(ProcessHandle.current().pid() + "\n", Files.readString(pid));
    }
    assertFalse(Files.exists(socket()));
    assertFalse(Files.exists(cluster));
    assertFalse(Files.exists(pid));
    try (var files = Files.list(directory.resolve("run"))) {
      assertEquals(List.of(), files.toList());
    }
  }

  @Test
  void a_second_daemon_is_refused_on_the_same_root_and_on_the_same_socket() {
    try (var _ = new Daemon(config("a"), DaemonTest::engine)) {
      assertEquals(
          "another daemon uses the data root " + directory.resolve("a"), refusal(config("a")));
      assertEquals(
          "can not listen on unix://%s: another daemon answers there".formatted(socket()),
          refusal(config("b")));
      assertTrue(Files.exists(socket()));
    }
  }

  @Test
  void a_stale_socket_is_replaced_and_another_file_is_not() throws Exception {
    Files.createDirectories(socket().getParent());
    try (var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(UnixDomainSocketAddress.of(socket()));
    }
    assertTrue(Files.exists(socket()));
    new Daemon(config("a"), DaemonTest::engine).close();
    Files.writeString(socket(), "mine");
    assertTrue(refusal(config("a")).endsWith("something that is not a socket is there"));
    assertEquals("mine", Files.readString(socket()));
  }

  @Test
  void open_tcp_needs_consent_in_words() throws IOException {
    assertTrue(
        refusal(config("a", "-H", "tcp://0.0.0.0:0"))
            .startsWith("will not listen on tcp://0.0.0.0:0"));
    new Daemon(config("a", "-H", "tcp://0.0.0.0:0", "--insecure-tcp"), DaemonTest::engine).close();
    new Daemon(config("a", "-H", "tcp://localhost:0"), DaemonTest::engine).close();
    try (var taken =
        ServerSocketChannel.open().bind(new java.net.InetSocketAddress("127.0.0.1", 0))) {
      int port = ((java.net.InetSocketAddress) taken.getLocalAddress()).getPort();
      assertEquals(
          "can not listen on tcp://127.0.0.1:%d: another program listens there".formatted(port),
          refusal(config("a", "-H", "tcp://127.0.0.1:" + port)));
    }
  }

  @Test
  void what_was_opened_is_closed_when_the_engine_refuses() {
    var thrown =
        assertThrows(
            Refused.class,
            () ->
                new Daemon(
                        config("a"),
                        (_, _) -> {
                          throw new Refused(new Failure.Internal("no runc"));
                        })
                    .close());
    assertEquals("no runc", thrown.getMessage());
    assertFalse(Files.exists(socket()));
    new Daemon(config("a"), DaemonTest::engine).close();
  }

  @Test
  void what_was_opened_is_closed_when_a_class_is_missing() {
    var thrown =
        assertThrows(
            NoClassDefFoundError.class,
            () ->
                new Daemon(
                        config("a"),
                        (_, _) -> {
                          throw new NoClassDefFoundError("argosy/Gone");
                        })
                    .close());
    assertEquals("argosy/Gone", thrown.getMessage());
    assertFalse(Files.exists(socket()));
    new Daemon(config("a"), DaemonTest::engine).close();
  }

  @Test
  void joining_needs_an_address_of_its_own() {
    assertTrue(refusal(config("a", "--join", "127.0.0.1:1")).contains("--cluster-listen"));
  }
}
