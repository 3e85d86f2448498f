package argosy.engine.container;

import argosy.engine.container.life.Moves;
import argosy.engine.container.life.RestartRule;
import argosy.engine.failure.Refused;
import argosy.engine.runtime.ContainerRuntime.Adopted;
import argosy.engine.runtime.ContainerRuntime.Observed;
import argosy.engine.volume.VolumeRequest;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How one container is taken up again after its actor or the whole daemon was gone. */
final class Comeback {
  private static final Logger LOG = LoggerFactory.getLogger(Comeback.class);

  private final Standing standing;
  private final Life life;
  private final Execs execs;
  private final Halt halt;
  private boolean untold;
  private boolean remains;

  Comeback(Standing standing, Life life, Execs execs, Halt halt) {
    this.standing = standing;
    this.life = life;
    this.execs = execs;
    this.halt = halt;
  }

  /** Reads the disk, asks the runtime, takes hold of image and volumes again; blocks. */
  ContainerActor.Recovered look() {
    String id = standing.id();
    var record = standing.ledger.records().get(id).orElse(standing.record());
    var known = standing.ledger.states().get(id).orElse(ContainerState.FRESH);
    Freeze.end(standing.directory(), id, standing.around.runtime());
    var seen = standing.around.runtime().observe(id);
    List<Adopted> outlived =
        seen instanceof Observed.Running ? standing.around.runtime().adopt(id) : List.of();
    hold(record);
    if (seen instanceof Observed.Running && record.hasVolumes()) {
      standing.errands.mountVolumes(id, id, true);
    }
    return new ContainerActor.Recovered(
        record, Recovery.of(known, seen, standing.around.clock().instant()), outlived);
  }

  private void hold(ContainerRecord record) {
    if (StandIn.is(record)) {
      return;
    }
    try {
      standing.errands.retain(record.id(), record.imageId());
    } catch (Refused refused) {
      LOG.warn("container {} has lost its image: {}", record.id(), refused.getMessage());
    }
    for (var mount : record.mounts()) {
      var point = mount.point();
      if (mount.isImage()) {
        String user = Creation.imageUser(record.id(), point.source());
        try {
          standing.errands.retain(user, point.name());
        } catch (Refused refused) {
          LOG.warn("container {} has lost a mounted image: {}", record.id(), refused.getMessage());
        }
      }
      if (point.type().equals("volume")) {
        try {
          standing.errands.acquire(
              record.id(),
              new VolumeRequest.Create(point.name(), point.driver(), Map.of(), Map.of()),
              "");
        } catch (Refused refused) {
          LOG.warn("container {} has lost a volume: {}", record.id(), refused.getMessage());
        }
      }
    }
  }

  /** Takes the truth for its own and tells the registry. */
  void found(ContainerActor.Recovered found) {
    standing.change(found.record());
    var state = found.recovery().state();
    standing.move(StandIn.is(found.record()) ? StandIn.state(state) : state);
    untold = found.recovery().ended();
    remains = found.recovery().remains();
    standing.tell(new ContainersActor.Loaded(standing.container()));
    execs.adopt(found.execs());
  }

  /** The networks know of it too now: listens for its end, or decides what comes next. */
  void settle(boolean engineStarts) {
    if (life.isAlive()) {
      adopt();
      return;
    }
    var ended = Moves.lastRun(standing.life());
    if (untold) {
      life.tellEnd(ended);
      new VolumeNews(standing.record(), standing.around).unmounted();
    }
    if (remains || untold) {
      life.clear();
    }
    if (standing.record().spec().autoRemove() && engineStarts) {
      life.ending().volumes = true;
      life.remove(() -> {});
    } else if (standing.life() instanceof Lifecycle.Restarting) {
      life.retry();
    } else if (standing.life() instanceof Lifecycle.Exited && runsAgain(engineStarts)) {
      life.again();
    }
    untold = false;
  }

  private boolean runsAgain(boolean engineStarts) {
    var record = standing.record();
    var ended = Moves.lastRun(standing.life());
    int count = standing.state().restartCount();
    return engineStarts || untold
        ? RestartRule.atEngineStart(record.spec().restart(), ended, count, record.desired())
        : false;
  }

  private void adopt() {
    int pid = Moves.pid(standing.life()).orElseThrow();
    String id = standing.id();
    var runtime = standing.around.runtime();
    var self = standing.context.getSelf();
    standing.work(
        () -> {
          runtime.onExit(id, pid, exit -> self.tell(new ContainerActor.Ended(pid, exit)));
          return true;
        },
        _ -> new ContainerActor.Signalled());
    life.runs();
    if (standing.life() instanceof Lifecycle.Stopping) {
      halt.goOn();
    }
  }
}
