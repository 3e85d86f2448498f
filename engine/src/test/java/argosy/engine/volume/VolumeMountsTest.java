package argosy.engine.volume;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import argosy.engine.failure.Failure;
import argosy.engine.failure.Refused;
import argosy.engine.volume.VolumeRequest.Volume;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VolumeMountsTest {
  @TempDir Path root;
  private final Notes kernel = new Notes();
  private final VolumeMounts mounts = new VolumeMounts(kernel);

  @Test
  void the_first_user_mounts_and_the_last_unmounts() throws IOException {
    var volumes = List.of(volume("t", "tmpfs"), plain("p"));
    mounts.use(volumes, "c1");
    mounts.use(volumes, "c2");
    mounts.leave("c1");
    mounts.leave("c1");
    assertEquals(List.of("mount t"), kernel.calls);
    mounts.leave("c2");
    assertEquals(List.of("mount t", "unmount t"), kernel.calls);
  }

  @Test
  void what_a_daemon_finds_mounted_is_taken_over_and_the_rest_unmounted() throws IOException {
    Volume used = volume("used", "tmpfs");
    Volume left = volume("left", "tmpfs");
    kernel.mounted.add(Path.of(used.mountpoint()));
    kernel.mounted.add(Path.of(left.mountpoint()));
    mounts.adopt(List.of(used), "c1");
    mounts.settle(List.of(used, left));
    mounts.use(List.of(used), "c2");
    mounts.leave("c2");
    assertEquals(List.of("unmount left"), kernel.calls);
    mounts.leave("c1");
    assertEquals(List.of("unmount left", "unmount used"), kernel.calls);
  }

  @Test
  void a_mount_that_fails_leaves_none_of_the_others() throws IOException {
    var volumes = List.of(volume("good", "tmpfs"), volume("bad", "nosuchfs"));
    assertThrows(Refused.class, () -> mounts.use(volumes, "c1"));
    assertEquals(List.of("mount good", "unmount good"), kernel.calls);
  }

  @Test
  void a_volume_that_goes_is_unmounted_whoever_uses_it() throws IOException {
    Volume volume = volume("t", "tmpfs");
    mounts.use(List.of(volume), "c1");
    mounts.end(volume);
    mounts.leave("c1");
    assertEquals(Set.of(), kernel.mounted);
  }

  private Volume volume(String name, String type) throws IOException {
    return volume(name, Map.of("type", type, "device", "tmpfs"));
  }

  private Volume plain(String name) throws IOException {
    return volume(name, Map.of());
  }

  private Volume volume(String name, Map<String, String> options) throws IOException {
    Path data = Files.createDirectories(root.toRealPath().resolve(name).resolve("_data"));
    return new Volume(name, "local", data.toString(), Instant.EPOCH, Map.of(), options, false);
  }

  private static final class Notes implements VolumeMounts.Kernel {
    final List<String> calls = new ArrayList<>();
    final Set<Path> mounted = new HashSet<>();

    @Override
    public void mount(LocalOptions wanted, Path target) {
      if (wanted.type().equals("nosuchfs")) {
        throw new Refused(new Failure.Internal("no such device"));
      }
      calls.add("mount " + name(target));
      mounted.add(target);
    }

    @Override
    public void unmount(Path target) {
      if (mounted.remove(target)) {
        calls.add("unmount " + name(target));
      }
    }

    @Override
    public Set<Path> mounted(Path below) {
      return Set.copyOf(mounted);
    }

    private static String name(Path target) {
      return target.getName(target.getNameCount() - 2).toString();
    }
  }
}
