package argosy.engine.container;

import argosy.engine.container.Standing.Ledger;
import argosy.engine.container.admission.Admission;
import argosy.engine.container.admission.Platform;
import argosy.engine.container.admission.Site;
import argosy.engine.container.life.Signals;
import argosy.engine.container.log.LogOptions;
import argosy.engine.container.mount.MountPlan;
import argosy.engine.container.mount.PlannedMount;
import argosy.engine.container.mount.ResolvedMount;
import argosy.engine.container.naming.Ids;
import argosy.engine.disk.FileTree;
import argosy.engine.failure.Failure;
import argosy.engine.failure.Refused;
import argosy.engine.image.Image;
import argosy.engine.spec.ContainerSpec;
import argosy.engine.spec.ContainerSpec.RestartPolicy;
import argosy.engine.volume.VolumeRequest;
import argosy.engine.volume.VolumeRequest.Volume;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/** Makes a container's record, on a virtual thread; what it took hold of is let go on failure. */
record Creation(
    String id,
    String name,
    ContainerSpec asked,
    List<ResolvedMount> inherited,
    Instant now,
    RandomGenerator random) {

  /** The record, and what the user should be told. */
  record Made(ContainerRecord record, List<String> warnings) {
    Made {
      warnings = List.copyOf(warnings);
    }
  }

  /** Holds the image and the volumes, and blocks until the record is safe. */
  Made run(Site site, Errands errands, Ledger ledger) {
    var admission = Admission.of(asked, site);
    var held = new ArrayList<String>();
    Image image = errands.retain(id, asked.image());
    try {
      var warnings = new ArrayList<>(admission.warnings());
      var platform = new Platform(image.os(), image.architecture());
      warnings.addAll(platform.fits(asked, site.host()));
      ContainerSpec spec = checked(Defaults.over(image.config(), admission.spec(), id));
      var record =
          new ContainerRecord(
              id,
              name,
              now,
              spec,
              image.id(),
              image.layers(),
              image.size(),
              mounts(spec, errands, ledger, held),
              false);
      ledger.records().put(id, record, !spec.autoRemove());
      if (record.hasVolumes()) {
        ledger.partings().remove(id);
      }
      return new Made(record, warnings);
    } catch (RuntimeException e) {
      errands.releaseVolumes(id, true);
      FileTree.delete(ledger.records().directory(id));
      held.forEach(errands::releaseImage);
      errands.releaseImage(id);
      throw e;
    }
  }

  private static ContainerSpec checked(ContainerSpec spec) {
    Signals.parse(spec.process().stopSignal(), Signals.TERM);
    LogOptions.check(spec.log());
    if (spec.autoRemove() && spec.restart().name() != RestartPolicy.Name.NO) {
      throw new Refused(
          new Failure.Invalid("can't create 'AutoRemove' container with restart policy"));
    }
    return spec;
  }

  private List<ResolvedMount> mounts(
      ContainerSpec spec, Errands errands, Ledger ledger, List<String> held) {
    var mounts = new ArrayList<>(inherited);
    var taken =
        inherited.stream().map(mount -> mount.point().destination()).collect(Collectors.toSet());
    List<PlannedMount> plan = MountPlan.of(spec.storage(), taken);
    Iterator<String> unnamed = noted(plan, ledger).iterator();
    for (PlannedMount planned : plan) {
      mounts.removeIf(mount -> mount.point().destination().equals(planned.destination()));
      mounts.add(
          switch (planned) {
            case PlannedMount.Bind bind -> existing(bind).resolved();
            case PlannedMount.OfVolume volume ->
                volume.resolved(acquired(volume, errands, unnamed));
            case PlannedMount.OfImage image ->
                mounted(image, errands, ledger.records().directory(id), held);
            case PlannedMount.Tmpfs tmpfs -> tmpfs.resolved();
          });
    }
    inherited.stream().filter(mounts::contains).forEach(mount -> shared(mount, errands));
    return mounts;
  }

  /** Names for its anonymous volumes, noted on disk before there is one of them. */
  private List<String> noted(List<PlannedMount> plan, Ledger ledger) {
    List<String> names =
        plan.stream()
            .filter(planned -> planned instanceof PlannedMount.OfVolume volume && volume.unnamed())
            .map(_ -> Ids.make(random))
            .toList();
    if (!names.isEmpty()) {
      ledger.partings().put(id, new Parting(names), false);
    }
    return names;
  }

  /** What it has from another container it holds as its own. */
  private void shared(ResolvedMount mount, Errands errands) {
    var point = mount.point();
    if (point.type().equals("volume")) {
      errands.acquire(
          id, new VolumeRequest.Create(point.name(), point.driver(), Map.of(), Map.of()), "");
    }
  }

  /** Held as the container's own image is, under a name that begins with the container's id. */
  private ResolvedMount mounted(
      PlannedMount.OfImage planned, Errands errands, Path directory, List<String> held) {
    String number = Integer.toString(2 * held.size() + 1);
    try {
      Path place = directory.resolve("mounts").resolve(number);
      String user = imageUser(id, place.toString());
      var mount = planned.resolved(errands.retain(user, planned.reference()), place);
      held.add(user);
      return mount;
    } catch (Refused refused) {
      throw refused.failure() instanceof Failure.NotFound(var message)
          ? new Refused(new Failure.Invalid(message), refused)
          : refused;
    }
  }

  /** Who holds the image of a container's mount. */
  static String imageUser(String container, String place) {
    return container + "-mount-" + Path.of(place).getFileName();
  }

  /** A driver that is not there is no 404: to clients that would mean the image. */
  private Volume acquired(PlannedMount.OfVolume volume, Errands errands, Iterator<String> unnamed) {
    try {
      return errands.acquire(id, volume.wanted(), volume.unnamed() ? unnamed.next() : "");
    } catch (Refused refused) {
      throw refused.failure() instanceof Failure.NotFound(var message)
          ? new Refused(new Failure.Invalid(message), refused)
          : refused;
    }
  }

  private static PlannedMount.Bind existing(PlannedMount.Bind bind) {
    if (!bind.createSource() && !Files.exists(Path.of(bind.source()))) {
      throw new Refused(
          new Failure.Invalid(
              "invalid mount config for type \"bind\": bind source path does not exist: "
                  + bind.source()));
    }
    return bind;
  }
}
