package argosy.cli.container;

import argosy.cli.client.Refusal;
import argosy.cli.client.Target;
import argosy.cli.command.Command;
import argosy.cli.command.Form;
import argosy.cli.command.Invocation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Copies files into and out of containers, by docker's rules for where they end up. */
public final class Cp implements Command {
  private static final int NOT_FOUND = 404;

  @Override
  public Form form() {
    return new Form("cp", "Copy files into or out of a container")
        .flag("-a --archive", "Keep owners")
        .flag("-L --follow-link", "Copy what a link leads to")
        .flag("-q --quiet", "Say nothing (nothing is said anyway)")
        .operands("CONTAINER:SRC DEST|-  or  SRC|- CONTAINER:DEST", 2);
  }

  /** A path in a container. */
  private record Place(String container, String path) {
    Target archive() {
      return Target.of("containers", container, "archive").with("path", path);
    }
  }

  @Override
  public int run(Invocation invocation) throws IOException {
    String from = invocation.arguments().operands().getFirst();
    String to = invocation.arguments().operands().get(1);
    var source = place(from);
    var target = place(to);
    if (source.isPresent() == target.isPresent()) {
      throw new IllegalArgumentException(
          source.isPresent()
              ? "copying between containers is not supported"
              : "must specify at least one container source");
    }
    if (source.isPresent()) {
      out(invocation, source.get(), to);
    } else {
      in(invocation, from, target.orElseThrow());
    }
    return 0;
  }

  /** A local path begins with a dot or a slash, or has no colon. */
  private static Optional<Place> place(String text) {
    int colon = text.indexOf(':');
    if (text.startsWith("/") || text.startsWith(".") || colon < 1) {
      return Optional.empty();
    }
    String path = text.substring(colon + 1);
    if (path.isEmpty()) {
      throw new IllegalArgumentException(text + ": a path is missing behind the colon");
    }
    return Optional.of(
        new Place(text.substring(0, colon), path.startsWith("/") ? path : "/" + path));
  }

  private static void out(Invocation invocation, Place asked, String to) throws IOException {
    Place source = asked;
    PathStat stat = source(invocation, source);
    if (invocation.arguments().flag("--follow-link") && !stat.linkTarget().isEmpty()) {
      source = new Place(asked.container(), stat.linkTarget());
      stat = source(invocation, source);
    }
    try (var answer = invocation.daemon().get(source.archive())) {
      if (to.equals("-")) {
        answer.body().transferTo(invocation.console().out());
        invocation.console().out().flush();
        return;
      }
      boolean content = source.path().endsWith("/.");
      Tar.extract(
          answer.body(),
          destination(Path.of(to), to, stat, content),
          invocation.arguments().flag("--archive"));
    }
  }

  private static Tar.Destination destination(Path to, String text, PathStat stat, boolean content)
      throws IOException {
    if (Files.isDirectory(to)) {
      return new Tar.Destination(to, content ? "." : stat.name());
    }
    if (stat.directory()) {
      if (Files.exists(to)) {
        throw new IOException("cannot copy a directory to a file: " + text);
      }
      checkParent(to);
      return new Tar.Destination(Files.createDirectory(to), ".");
    }
    if (text.endsWith("/")) {
      throw new IOException("there is no directory " + text);
    }
    checkParent(to);
    Path whole = to.toAbsolutePath();
    return new Tar.Destination(
        java.util.Objects.requireNonNull(whole.getParent()), String.valueOf(whole.getFileName()));
  }

  private static void checkParent(Path path) throws IOException {
    Path parent = path.toAbsolutePath().getParent();
    if (parent == null || !Files.isDirectory(parent)) {
      throw new IOException("invalid output path: directory \"" + parent + "\" does not exist");
    }
  }

  private static void in(Invocation invocation, String from, Place asked) throws IOException {
    Optional<PathStat> there = stat(invocation, asked);
    Place target = asked;
    if (there.isPresent() && !there.get().linkTarget().isEmpty()) {
      target = new Place(asked.container(), there.get().linkTarget());
      there = stat(invocation, target);
    }
    if (from.equals("-")) {
      if (there.isEmpty() || !there.get().directory()) {
        throw new IOException(
            "destination \"" + asked.container() + ":" + asked.path() + "\" must be a directory");
      }
      send(invocation, target, invocation.console().in());
      return;
    }
    Path source = Path.of(from);
    if (!Files.exists(source, java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
      throw new IOException("lstat " + from + ": no such file or directory");
    }
    boolean content = from.endsWith("/.");
    boolean directory = there.filter(PathStat::directory).isPresent();
    Path whole = source.toAbsolutePath().normalize();
    String name = content ? "." : String.valueOf(whole.getFileName());
    if (!directory) {
      if (there.isPresent() && Files.isDirectory(source)) {
        throw new IOException("cannot copy a directory to a file: " + asked.path());
      }
      if (there.isEmpty() && asked.path().endsWith("/") && !Files.isDirectory(source)) {
        throw new IOException("there is no directory " + asked.path());
      }
      String path = target.path().replaceAll("/+\\.?$", "");
      int slash = path.lastIndexOf('/');
      name = path.substring(slash + 1);
      target = new Place(target.container(), slash <= 0 ? "/" : path.substring(0, slash));
    }
    try (var tar = Tar.of(whole, name, invocation.arguments().flag("--follow-link"))) {
      send(invocation, target, tar.output());
    }
  }

  private static void send(Invocation invocation, Place target, java.io.InputStream tar)
      throws IOException {
    Target put =
        target
            .archive()
            .with("noOverwriteDirNonDir", true)
            .with("copyUIDGID", invocation.arguments().flag("--archive"));
    invocation.daemon().send("PUT", put, "application/x-tar", tar).close();
  }

  private static PathStat source(Invocation invocation, Place place) throws IOException {
    return stat(invocation, place)
        .orElseThrow(() ->
            new Refusal(
                NOT_FOUND,
                "Could not find the file " + place.path() + " in container " + place.container()));
  }

  /** Empty when it is not there, or the container is not. */
  private static Optional<PathStat> stat(Invocation invocation, Place place) throws IOException {
    try (var answer = invocation.daemon().head(place.archive())) {
      return Optional.of(PathStat.parse(answer.header("x-docker-container-path-stat")));
    } catch (Refusal refusal) {
      if (refusal.status() == NOT_FOUND) {
        return Optional.empty();
      }
      throw refusal;
    }
  }
}
