package argosy.engine.volume;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import argosy.engine.event.Events;
import argosy.engine.failure.Done;
import argosy.engine.failure.Failure;
import argosy.engine.failure.Outcome;
import argosy.engine.protocol.Ask;
import argosy.engine.volume.VolumeRequest.Volume;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VolumesTest {
  @TempDir Path root;
  private final ActorTestKit kit = ActorTestKit.create();
  private final TestProbe<Events.Command> events = kit.createTestProbe();
  private final TestProbe<Outcome<Object>> replies = kit.createTestProbe();
  private final TestProbe<Outcome<Volume>> volumes = kit.createTestProbe();
  private final TestProbe<Outcome<Done>> dones = kit.createTestProbe();
  private ActorRef<Volumes.Command> actor;
  private int unnamed;

  @BeforeEach
  void start() {
    actor = kit.spawn(Volumes.create(root.resolve("data/volumes"), events.ref(), Runnable::run));
  }

  @AfterEach
  void stop() {
    kit.shutdownTestKit();
  }

  @Test
  void a_created_volume_has_a_directory_and_is_listed_once() {
    Volume made = (Volume) ok(create("data"));
    assertTrue(Files.isDirectory(Path.of(made.mountpoint())));
    assertEquals(root.resolve("data/volumes/data/_data").toString(), made.mountpoint());
    assertEquals(made, ok(create("data")));
    assertEquals(List.of(made), list(Map.of()));
    assertEquals(List.of("create"), actions(1));
  }

  @Test
  void names_docker_refuses_are_refused_with_its_text() {
    assertEquals(
        new Failure.Invalid(
            "create a/b: \"a/b\" includes invalid characters for a local volume name, only"
                + " \"[a-zA-Z0-9][a-zA-Z0-9_.-]\" are allowed. If you intended to pass a host"
                + " directory, use absolute path"),
        failed(create("a/b")));
    assertEquals(
        new Failure.Invalid(
            "create x: volume name is too short, names should be at least two alphanumeric"
                + " characters"),
        failed(create("x")));
    assertEquals(
        new Failure.NotFound(
            "create vv: error looking up volume plugin foo: plugin \"foo\" not found"),
        failed(ask(new VolumeRequest.Create("vv", "foo", Map.of(), Map.of()))));
  }

  @Test
  void a_volume_that_is_not_there_is_not_found_unless_forced() {
    assertEquals(
        new Failure.NotFound("get nope: no such volume"),
        failed(ask(new VolumeRequest.Inspect("nope"))));
    assertEquals(
        new Failure.NotFound("get nope: no such volume"),
        failed(ask(new VolumeRequest.Remove("nope", false))));
    assertEquals(new Done(), ok(ask(new VolumeRequest.Remove("nope", true))));
  }

  @Test
  void a_held_volume_can_not_be_removed_and_a_released_one_can() {
    acquire("c1", "data");
    acquire("c2", "data");
    assertEquals(
        new Failure.Conflict("remove data: volume is in use - [c1, c2]"),
        failed(ask(new VolumeRequest.Remove("data", true))));
    release("c1", true);
    release("c2", true);
    assertEquals(new Done(), ok(ask(new VolumeRequest.Remove("data", false))));
    assertFalse(Files.exists(root.resolve("data/volumes/data")));
    assertEquals(List.of("create", "destroy"), actions(2));
  }

  @Test
  void anonymous_volumes_go_with_their_container_when_asked() {
    Volume kept = acquire("c1", "");
    release("c1", false);
    Volume gone = acquire("c2", "");
    assertEquals(64, gone.name().length());
    assertTrue(gone.anonymous());
    release("c2", true);
    assertEquals(List.of(kept), list(Map.of()));
    assertFalse(Files.exists(Path.of(gone.mountpoint())));
  }

  @Test
  void prune_takes_idle_anonymous_ones_and_all_takes_named_ones_too() throws IOException {
    ok(create("named"));
    acquire("c1", "held");
    Volume anonymous = (Volume) ok(create(""));
    Files.writeString(Path.of(anonymous.mountpoint(), "file"), "12345");
    assertEquals(
        new VolumeRequest.Pruned(List.of(anonymous.name()), 5),
        ok(ask(new VolumeRequest.Prune(false, Map.of()))));
    assertEquals(
        new VolumeRequest.Pruned(List.of("named"), 0),
        ok(ask(new VolumeRequest.Prune(false, Map.of("all", List.of("true"))))));
    assertEquals(1, list(Map.of()).size());
    assertInstanceOf(
        Failure.Invalid.class,
        failed(ask(new VolumeRequest.Prune(false, Map.of("foo", List.of("bar"))))));
  }

  @Test
  void a_volume_is_measured_with_each_file_counted_once() throws IOException {
    Volume made = (Volume) ok(create("data"));
    Path file = Files.writeString(Path.of(made.mountpoint(), "file"), "12345");
    Files.createLink(Path.of(made.mountpoint(), "same"), file);
    assertEquals(
        new VolumeRequest.Measured(List.of(new VolumeRequest.Sized(made, 5))),
        ok(ask(new VolumeRequest.Measure())));
  }

  @Test
  void dangling_are_those_nobody_holds() {
    ok(create("idle"));
    acquire("c1", "held");
    assertEquals(List.of("idle"), names(list(Map.of("dangling", List.of("true")))));
    assertEquals(List.of("held"), names(list(Map.of("dangling", List.of("false")))));
    assertEquals(List.of("held"), names(list(Map.of("name", List.of("el")))));
  }

  @Test
  void volumes_outlive_the_actor_and_a_half_removed_one_does_not() throws IOException {
    Volume made = (Volume) ok(create("data"));
    Files.createDirectories(root.resolve("data/volumes/.gone-1/_data/deep"));
    kit.stop(actor);
    start();
    assertEquals(List.of(made), list(Map.of()));
    assertFalse(Files.exists(root.resolve("data/volumes/.gone-1")));
  }

  private Outcome<Object> create(String name) {
    return ask(new VolumeRequest.Create(name, "", Map.of(), Map.of()));
  }

  private Outcome<Object> ask(VolumeRequest<?> request) {
    actor.tell(new Volumes.Asked(new Ask<>(request, replies.ref())));
    return replies.receiveMessage(Duration.ofSeconds(20));
  }

  private List<Volume> list(Map<String, List<String>> filters) {
    return ((VolumeRequest.Listed) ok(ask(new VolumeRequest.Find(filters)))).volumes();
  }

  private static List<String> names(List<Volume> volumes) {
    return volumes.stream().map(Volume::name).toList();
  }

  private Volume acquire(String container, String name) {
    actor.tell(
        new VolumeUse.Acquire(
            container,
            new VolumeRequest.Create(name, "", Map.of(), Map.of()),
            "%064x".formatted(++unnamed),
            volumes.ref()));
    return ok(volumes.receiveMessage(Duration.ofSeconds(20)));
  }

  private void release(String container, boolean anonymous) {
    actor.tell(new VolumeUse.Release(container, anonymous, dones.ref()));
    assertEquals(Outcome.ok(new Done()), dones.receiveMessage(Duration.ofSeconds(20)));
  }

  private List<String> actions(int count) {
    return events.receiveSeveralMessages(count, Duration.ofSeconds(20)).stream()
        .map(command -> ((Events.Publish) command).event().action())
        .toList();
  }

  private static <T> T ok(Outcome<T> outcome) {
    return switch (outcome) {
      case Outcome.Ok<T>(var value) -> value;
      case Outcome.Failed<T>(var failure) -> throw new AssertionError(failure.message());
    };
  }

  private static Failure failed(Outcome<Object> outcome) {
    return assertInstanceOf(Outcome.Failed.class, outcome).failure();
  }
}
