package argosy.engine.volume;

import argosy.engine.disk.MountTargets;
import argosy.engine.disk.NativeCalls;
import argosy.engine.failure.Failure;
import argosy.engine.failure.Refused;
import argosy.engine.linux.Libc;
import argosy.engine.linux.SystemCallFailed;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The local driver's mounts in this host's mount namespace. Every call blocks. */
final class KernelMounts implements VolumeMounts.Kernel {
  private static final int ENODEV = 19;
  private static final int MNT_DETACH = 2;
  private static final int UMOUNT_NOFOLLOW = 8;
  private static final Pattern ADDRESS = Pattern.compile("(?:^|,)addr=([^,]*)");
  private static final Pattern NUMERIC = Pattern.compile("[0-9.]+|[0-9a-fA-F:]*:[0-9a-fA-F:.]*");
  private static final Pattern SHARE = Pattern.compile("//([^/]+)(/.*)?");
  private static final Pattern PASSWORD = Pattern.compile("((?:^|,)password=)[^,]*");

  @Override
  public void mount(LocalOptions wanted, Path target) {
    if (wanted.device().isEmpty()) {
      throw refused(target, "missing device in volume options", null);
    }
    var words = MountWords.of(options(wanted, target));
    String device = device(wanted, target);
    NativeCalls.await(() -> {
      call(device, target, wanted.type(), words.flags(), words);
      try {
        if (words.propagation() != 0) {
          call(null, target, null, words.propagation(), words);
        }
        if (words.again()) {
          call(null, target, null, words.flags() | MountWords.REMOUNT, words);
        }
      } catch (Refused failed) {
        Libc.umount2(target.toString(), MNT_DETACH | UMOUNT_NOFOLLOW);
        throw failed;
      }
      return true;
    });
  }

  private static void call(
      @Nullable String device, Path target, @Nullable String type, long flags, MountWords words) {
    if (Libc.mount(device, target.toString(), type, flags, words.data()) == 0) {
      return;
    }
    int errno = Libc.errno();
    var text = new StringBuilder("failed to mount local volume: mount ");
    text.append(device == null ? "none" : device).append(':').append(target);
    if (flags != 0) {
      text.append(", flags: 0x").append(Long.toHexString(flags));
    }
    if (!words.data().isEmpty()) {
      text.append(", data: ").append(PASSWORD.matcher(words.data()).replaceAll("$1********"));
    }
    String reason = Libc.strerror(errno);
    text.append(": ").append(Character.toLowerCase(reason.charAt(0))).append(reason.substring(1));
    if (errno == ENODEV) {
      text.append(" (this host's kernel has no file system \"").append(type).append("\")");
    }
    throw refused(target, text.toString(), null);
  }

  /** The kernel wants numbers where people write names. */
  private static String options(LocalOptions wanted, Path target) {
    var address = ADDRESS.matcher(wanted.options());
    boolean remote = wanted.type().equals("nfs") || wanted.type().equals("cifs");
    if (!remote || !address.find() || NUMERIC.matcher(address.group(1)).matches()) {
      return wanted.options();
    }
    return wanted.options().substring(0, address.start(1))
        + resolved(address.group(1), target)
        + wanted.options().substring(address.end(1));
  }

  private static String device(LocalOptions wanted, Path target) {
    var share = SHARE.matcher(wanted.device());
    boolean named =
        wanted.type().equals("cifs")
            && !ADDRESS.matcher(wanted.options()).find()
            && share.matches()
            && !NUMERIC.matcher(share.group(1)).matches();
    return named
        ? "//" + resolved(share.group(1), target) + wanted.device().substring(share.end(1))
        : wanted.device();
  }

  private static String resolved(String name, Path target) {
    try {
      return InetAddress.getByName(name).getHostAddress();
    } catch (UnknownHostException e) {
      throw refused(
          target,
          "error resolving passed in network volume address: lookup " + name + ": no such host",
          e);
    }
  }

  private static Refused refused(Path target, String why, @Nullable Exception cause) {
    var failure = new Failure.Internal("error while mounting volume '" + target + "': " + why);
    return cause == null ? new Refused(failure) : new Refused(failure, cause);
  }

  /** As often as something is mounted there; what is busy is detached. */
  @Override
  public void unmount(Path target) {
    NativeCalls.await(() -> {
      int errno = 0;
      while (errno == 0 || errno == SystemCallFailed.EBUSY) {
        int flags = errno == 0 ? UMOUNT_NOFOLLOW : UMOUNT_NOFOLLOW | MNT_DETACH;
        errno = Libc.umount2(target.toString(), flags) == 0 ? 0 : Libc.errno();
      }
      if (errno != SystemCallFailed.EINVAL && errno != SystemCallFailed.ENOENT) {
        throw new SystemCallFailed("umount " + target, errno);
      }
      return true;
    });
  }

  @Override
  public Set<Path> mounted(Path below) {
    try {
      return MountTargets.below(below.toRealPath());
    } catch (IOException gone) {
      return Set.of();
    }
  }
}
