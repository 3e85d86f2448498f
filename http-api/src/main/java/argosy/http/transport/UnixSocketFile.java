package argosy.http.transport;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.util.List;

/**
 * The file of a Unix socket. It appears under its name only when it listens, with its mode and
 * group; a stale one of a daemon that died is replaced, a live one is left alone.
 */
final class UnixSocketFile {
  private UnixSocketFile() {}

  static ServerSocketChannel bind(ListenAddress.Unix address, String group, int backlog)
      throws IOException {
    var path = address.path();
    Files.createDirectories(path.toAbsolutePath().getParent());
    refuseLive(path);
    return publish(path, group, backlog);
  }

  private static void refuseLive(Path path) throws IOException {
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    boolean socket =
        Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS).isOther();
    if (!socket) {
      throw new IOException("something that is not a socket is there");
    }
    if (answers(path)) {
      throw new IOException("another daemon answers there");
    }
  }

  private static boolean answers(Path path) {
    try (var _ = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
      return true;
    } catch (IOException _) {
      return false;
    }
  }

  /** Binds under a private name first: whoever sees the final name may connect to it at once. */
  private static ServerSocketChannel publish(Path path, String group, int backlog)
      throws IOException {
    var draft = path.resolveSibling(".%d".formatted(ProcessHandle.current().pid()));
    Files.deleteIfExists(draft);
    var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      server.bind(UnixDomainSocketAddress.of(draft), backlog);
      var view = Files.getFileAttributeView(draft, PosixFileAttributeView.class);
      view.setPermissions(PosixFilePermissions.fromString("rw-rw----"));
      own(view, path, group);
      server.configureBlocking(false);
      Files.move(draft, path, StandardCopyOption.ATOMIC_MOVE);
      return server;
    } catch (IOException e) {
      server.close();
      Files.deleteIfExists(draft);
      throw e;
    }
  }

  private static void own(PosixFileAttributeView view, Path path, String group) throws IOException {
    var groups = path.getFileSystem().getUserPrincipalLookupService();
    for (var name : group.isEmpty() ? List.of("argosy", "docker") : List.of(group)) {
      try {
        view.setGroup(groups.lookupPrincipalByGroupName(name));
        return;
      } catch (UserPrincipalNotFoundException _) {
        if (!group.isEmpty()) {
          throw new IOException("there is no group " + group);
        }
      }
    }
  }
}
