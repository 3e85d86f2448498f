package argosy.engine.container;

import argosy.engine.container.admission.Admission;
import argosy.engine.container.admission.Platform;
import argosy.engine.container.admission.Site;
import argosy.engine.container.life.Signals;
import argosy.engine.container.log.LogLimits;
import argosy.engine.container.mount.MountPlan;
import argosy.engine.container.mount.PlannedMount;
import argosy.engine.container.mount.ResolvedMount;
import argosy.engine.disk.FileTree;
import argosy.engine.disk.Records;
import argosy.engine.failure.Failure;
import argosy.engine.failure.Refused;
import argosy.engine.image.Image;
import argosy.engine.spec.ContainerSpec;
import argosy.engine.spec.ContainerSpec.RestartPolicy;
import argosy.engine.volume.VolumeRequest.Volume;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Makes a container's record, on a virtual thread; what it took hold of is let go on failure. */
record Creation(
    String id, String name, ContainerSpec asked, List<ResolvedMount> inherited, Instant now) {

  /** The record, and what the user should be told. */
  record Made(ContainerRecord record, List<String> warnings) {
    Made {
      warnings = List.copyOf(warnings);
    }
  }

  /** Holds the image and the volumes, and blocks until the record is safe. */
  Made run(Site site, Errands errands, Records<ContainerRecord> records) {
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
              mounts(spec, errands, records.directory(id), held),
              false);
      records.put(id, record, !spec.autoRemove());
      return new Made(record, warnings);
    } catch (RuntimeException e) {
      FileTree.delete(records.directory(id));
      errands.releaseVolumes(id, true);
      held.forEach(errands::releaseImage);
      errands.releaseImage(id);
      throw e;
    }
  }

  private static ContainerSpec checked(ContainerSpec spec) {
    Signals.parse(spec.process().stopSignal(), Signals.TERM);
    LogLimits.of(spec.log());
    if (spec.autoRemove() && spec.restart().name() != RestartPolicy.Name.NO) {
      throw new Refused(
          new Failure.Invalid("can't create 'AutoRemove' container with restart policy"));
    }
    return spec;
  }

  private List<ResolvedMount> mounts(
      ContainerSpec spec, Errands errands, Path directory, List<String> held) {
    var mounts = new ArrayList<>(inherited);
    var taken =
        inherited.stream().map(mount -> mount.point().destination()).collect(Collectors.toSet());
    for (PlannedMount planned : MountPlan.of(spec.storage(), taken)) {
      mounts.removeIf(mount -> mount.point().destination().equals(planned.destination()));
      mounts.add(
          switch (planned) {
            case PlannedMount.Bind bind -> existing(bind).resolved();
            case PlannedMount.OfVolume volume -> volume.resolved(acquired(volume, errands));
            case PlannedMount.OfImage image -> mounted(image, errands, directory, held);
            case PlannedMount.Tmpfs tmpfs -> tmpfs.resolved();
          });
    }
    return mounts;
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
  private Volume acquired(PlannedMount.OfVolume volume, Errands errands) {
    try {
      return errands.acquire(id, volume.wanted());
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
