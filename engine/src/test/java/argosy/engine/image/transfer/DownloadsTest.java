package argosy.engine.image.transfer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import argosy.engine.disk.Blobs;
import argosy.engine.disk.Digest;
import argosy.engine.image.ImageStreams.Progress;
import argosy.engine.image.manifest.Descriptor;
import argosy.engine.registry.Credentials;
import argosy.engine.registry.FakeRegistry;
import argosy.engine.registry.Registries;
import argosy.engine.registry.RegistrySettings;
import argosy.engine.registry.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Layers from a registry that is as awkward as we like. */
class DownloadsTest {
  private static final Duration QUICK = Duration.ofMillis(300);

  @TempDir Path root;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Downloads downloads = new Downloads(2);
  private FakeRegistry registry;
  private Blobs blobs;
  private Repository repository;

  @BeforeEach
  void open() throws IOException {
    registry = new FakeRegistry();
    blobs = new Blobs(root);
    repository =
        new Registries(RegistrySettings.of(List.of(), List.of()), QUICK, Duration.ofMillis(5))
            .sources(registry.address(), "app", Credentials.NONE)
            .getLast()
            .open();
  }

  @AfterEach
  void close() {
    registry.close();
    threads.shutdownNow();
  }

  private Descriptor layer(int fill) {
    byte[] bytes = new byte[200_000];
    java.util.Arrays.fill(bytes, (byte) fill);
    var digest = Digest.of(bytes);
    registry.serve(path(digest), bytes);
    return new Descriptor("application/vnd.oci.image.layer.v1.tar", digest, bytes.length);
  }

  private static String path(Digest digest) {
    return "/v2/app/blobs/" + digest;
  }

  /** One client of a layer, and what it hears. */
  private record Client(Future<Unpacked.Blob> end, List<Progress> lines) {
    boolean heard(String status) {
      return lines.stream().anyMatch(line -> status.equals(line.status()));
    }
  }

  private Client client(Descriptor layer) {
    var lines = new CopyOnWriteArrayList<Progress>();
    return new Client(
        threads.submit(
            () -> downloads.fetch(blobs, repository, layer, lines::add, threads, _ -> {})),
        lines);
  }

  private static void await(BooleanSupplier so) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (!so.getAsBoolean()) {
      assertTrue(System.nanoTime() < end, "waited in vain");
      LockSupport.parkNanos(2_000_000);
    }
  }

  @Test
  void who_asks_for_the_same_layer_gets_the_same_download() throws Exception {
    var layer = layer(1);
    var go = new CountDownLatch(1);
    registry.hold(path(layer.digest()), go);
    var first = client(layer);
    await(() -> registry.asked(path(layer.digest())) == 1);
    var second = client(layer);
    go.countDown();
    assertEquals(first.end().get(), second.end().get());
    await(() -> first.heard("Download complete") && second.heard("Download complete"));
    assertEquals(1, registry.asked(path(layer.digest())));
    assertTrue(blobs.has(layer.digest()));
  }

  @Test
  void a_client_that_leaves_takes_the_download_with_it_only_if_it_is_the_last() throws Exception {
    var layer = layer(2);
    var go = new CountDownLatch(1);
    registry.hold(path(layer.digest()), go);
    var first = client(layer);
    await(() -> registry.asked(path(layer.digest())) == 1);
    var second = client(layer);
    first.end().cancel(true);
    go.countDown();
    assertEquals(layer.digest(), second.end().get().digest());

    var other = layer(3);
    var never = new CountDownLatch(1);
    registry.hold(path(other.digest()), never);
    var alone = client(other);
    await(() -> registry.asked(path(other.digest())) == 1);
    alone.end().cancel(true);
    never.countDown();
    await(() -> files("fresh") == 0);
    assertFalse(blobs.has(other.digest()));
  }

  @Test
  void only_so_many_come_at_the_same_time() throws Exception {
    var go = new CountDownLatch(1);
    var layers = List.of(layer(4), layer(5), layer(6));
    layers.forEach(each -> registry.hold(path(each.digest()), go));
    var clients = layers.stream().map(this::client).toList();
    await(() -> clients.stream().filter(each -> each.heard("Waiting")).count() == 1);
    await(() -> asked(layers) == 2);
    go.countDown();
    for (Client each : clients) {
      each.end().get();
    }
    assertEquals(3, asked(layers));
  }

  private int asked(List<Descriptor> layers) {
    return layers.stream().mapToInt(each -> registry.asked(path(each.digest()))).sum();
  }

  @Test
  void a_registry_that_lies_leaves_no_trace() throws Exception {
    var layer = layer(7);
    registry.serve(path(layer.digest()), new byte[200_000]);
    var wrong = assertThrows(ExecutionException.class, () -> client(layer).end().get());
    assertTrue(wrong.toString().contains("verification failed"), wrong.toString());

    byte[] endless = new byte[5_000_000];
    registry.serve(path(layer.digest()), endless);
    var more = assertThrows(ExecutionException.class, () -> client(layer).end().get());
    assertTrue(more.toString().contains("more of a layer than"), more.toString());
    assertEquals(0, files("fresh"));
    assertEquals(0, files("sha256"));
  }

  @Test
  void a_download_that_breaks_goes_on_where_it_broke_and_says_so() throws Exception {
    var layer = layer(8);
    registry.breakAfter(90_000);
    var client = client(layer);
    assertEquals(layer.digest(), client.end().get().digest());
    assertTrue(client.heard("Retrying in 1 second"), client.lines().toString());
    assertArrayEquals(
        List.of("bytes=90000-", "bytes=180000-").toArray(),
        registry.headers(path(layer.digest()), "Range").toArray());
  }

  @Test
  void what_is_here_is_not_asked_for() throws Exception {
    var layer = layer(9);
    client(layer).end().get();
    assertEquals(layer.size(), client(layer).end().get().size());
    assertEquals(1, registry.asked(path(layer.digest())));
  }

  private int files(String directory) {
    try (var files = Files.list(root.resolve(directory))) {
      return (int) files.count();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
