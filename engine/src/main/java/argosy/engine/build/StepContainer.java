package argosy.engine.build;

import argosy.engine.build.BuildOptions.Keep;
import argosy.engine.build.BuildOptions.Limits;
import argosy.engine.container.ContainerRequest;
import argosy.engine.container.ContainerStreams.AttachQuery;
import argosy.engine.container.ContainerStreams.Channel;
import argosy.engine.container.ContainerStreams.Output;
import argosy.engine.container.ContainerStreams.WaitCondition;
import argosy.engine.failure.Outcome;
import argosy.engine.spec.ContainerSpec;
import argosy.engine.spec.ContainerSpec.Identity;
import argosy.engine.spec.ContainerSpec.Isolation;
import argosy.engine.spec.ContainerSpec.LogSpec;
import argosy.engine.spec.ContainerSpec.RestartPolicy;
import argosy.engine.spec.HealthSpec;
import argosy.engine.spec.NetworkSpec;
import argosy.engine.spec.ProcessSpec;
import argosy.engine.spec.Resources;
import argosy.engine.spec.Security;
import argosy.engine.spec.Storage;
import argosy.engine.spec.Storage.Mount;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.stream.javadsl.Sink;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The container of one RUN step, from its creation to its removal; every call blocks. */
final class StepContainer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StepContainer.class);
  private static final int SHORT = 12;
  private static final String RED = "\u001b[91m";
  private static final String PLAIN = "\u001b[0m";

  private final ContainerDoor containers;
  private final ActorSystem<?> system;
  private final Consumer<String> say;
  private final Keep keep;
  private final String id;
  private boolean succeeded;

  /** Makes it, of {@code image}. */
  StepContainer(
      ContainerDoor containers,
      ActorSystem<?> system,
      Consumer<String> say,
      Keep keep,
      String image,
      Deed.Run run,
      List<Mount> mounts,
      Limits limits) {
    this.containers = containers;
    this.system = system;
    this.say = say;
    this.keep = keep;
    var asked = containers.ask(new ContainerRequest.Create(null, spec(image, run, mounts, limits)));
    String made;
    try {
      made = Waiting.outcome(asked).id();
      say.accept(" ---> Running in " + made.substring(0, SHORT) + "\n");
    } catch (RuntimeException cancelled) {
      asked.thenAccept(late -> discard(containers, late));
      throw cancelled;
    }
    this.id = made;
  }

  /** One that is made although nobody waits for it any more. */
  private static void discard(ContainerDoor containers, Outcome<ContainerRequest.Created> made) {
    if (made instanceof Outcome.Ok<ContainerRequest.Created>(var created)) {
      containers
          .ask(new ContainerRequest.Remove(created.id(), true, true))
          .thenAccept(removed -> {
            if (removed instanceof Outcome.Failed<?>(var failure)) {
              LOG.warn("the container {} of a build stays: {}", created.id(), failure.message());
            }
          });
    }
  }

  String id() {
    return id;
  }

  /** Runs the command to its end; its output is said. */
  void run(List<String> command) {
    var streams = containers.streams();
    var attached =
        Waiting.outcome(streams.attach(id, new AttachQuery(false, true, true, true, false, null)));
    var shown = attached.output().runWith(Sink.foreach(this::show), system);
    var ended = Waiting.outcome(streams.await(id, WaitCondition.NEXT_EXIT));
    Waiting.outcome(containers.ask(new ContainerRequest.Start(id)));
    int code = Waiting.value(ended).code();
    Waiting.value(shown);
    if (code != 0) {
      throw new StepFailed(String.join(" ", command), code);
    }
    succeeded = true;
  }

  private void show(Output output) {
    String text = output.bytes().decodeString(StandardCharsets.UTF_8);
    say.accept(output.channel() == Channel.STDERR ? RED + text + PLAIN : text);
  }

  /** Removes it, unless it shall stay; a thread that was interrupted does that too. */
  @Override
  public void close() {
    boolean stays = keep == Keep.ALL || (keep == Keep.FAILED && !succeeded && !cancelled());
    if (stays) {
      return;
    }
    boolean interrupted = Thread.interrupted();
    try {
      var removed =
          containers.ask(new ContainerRequest.Remove(id, true, true)).toCompletableFuture().join();
      if (removed instanceof Outcome.Failed<?>(var failure)) {
        LOG.warn("the container {} of a build stays: {}", id, failure.message());
      } else if (succeeded) {
        say.accept("Removing intermediate container " + id.substring(0, SHORT) + "\n");
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static boolean cancelled() {
    return Thread.currentThread().isInterrupted();
  }

  private static ContainerSpec spec(String image, Deed.Run run, List<Mount> mounts, Limits limits) {
    return new ContainerSpec(
        image,
        new ProcessSpec(
            List.of(),
            run.command(),
            run.environment(),
            "",
            List.of(),
            "",
            new ProcessSpec.Stdio(false, false, false, false, true, true),
            null,
            null,
            null),
        new Identity("", "", Map.of(), Map.of()),
        new Isolation("", "", "", "", "", false),
        new Security(false, false, List.of(), List.of(), List.of(), null, null, Map.of()),
        resources(limits),
        new Storage(List.of(), mounts, Map.of(), List.of(), Set.of(), "", Map.of()),
        new NetworkSpec(
            network(run, limits),
            Map.of(),
            Set.of(),
            Map.of(),
            false,
            new NetworkSpec.Names(List.of(), List.of(), List.of(), limits.extraHosts(), List.of()),
            "",
            false),
        new LogSpec("json-file", Map.of()),
        RestartPolicy.NONE,
        new HealthSpec(
            List.of("NONE"), Duration.ZERO, Duration.ZERO, 0, Duration.ZERO, Duration.ZERO),
        false,
        null,
        null);
  }

  private static String network(Deed.Run run, Limits limits) {
    String wanted = run.network().isEmpty() ? limits.network() : run.network();
    return wanted.isEmpty() ? "default" : wanted;
  }

  private static Resources resources(Limits limits) {
    var none = Resources.NONE;
    return new Resources(
        new Resources.Memory(limits.memory(), 0, limits.memorySwap(), null, limits.shmSize()),
        new Resources.Cpu(
            limits.cpuShares(),
            0,
            limits.cpuPeriod(),
            limits.cpuQuota(),
            0,
            0,
            limits.cpusetCpus(),
            limits.cpusetMems()),
        none.blockIo(),
        none.pidsLimit(),
        limits.ulimits(),
        none.devices(),
        none.deviceCgroupRules(),
        limits.cgroupParent(),
        none.oomScoreAdj(),
        none.oomKillDisable());
  }
}
