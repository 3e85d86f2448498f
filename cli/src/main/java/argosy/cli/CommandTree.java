package argosy.cli;

import argosy.cli.cluster.NodeLs;
import argosy.cli.command.Command;
import argosy.cli.container.Attach;
import argosy.cli.container.Commit;
import argosy.cli.container.Cp;
import argosy.cli.container.Create;
import argosy.cli.container.Diff;
import argosy.cli.container.Exec;
import argosy.cli.container.Export;
import argosy.cli.container.Kill;
import argosy.cli.container.Logs;
import argosy.cli.container.Pause;
import argosy.cli.container.Port;
import argosy.cli.container.PortChange;
import argosy.cli.container.Ps;
import argosy.cli.container.Rename;
import argosy.cli.container.Restart;
import argosy.cli.container.Rm;
import argosy.cli.container.Run;
import argosy.cli.container.Start;
import argosy.cli.container.Stats;
import argosy.cli.container.Stop;
import argosy.cli.container.Top;
import argosy.cli.container.Unpause;
import argosy.cli.container.Update;
import argosy.cli.container.Wait;
import argosy.cli.image.Build;
import argosy.cli.image.History;
import argosy.cli.image.Images;
import argosy.cli.image.Import;
import argosy.cli.image.Load;
import argosy.cli.image.Pull;
import argosy.cli.image.Push;
import argosy.cli.image.Rmi;
import argosy.cli.image.Save;
import argosy.cli.image.Search;
import argosy.cli.image.Tag;
import argosy.cli.network.NetworkConnect;
import argosy.cli.network.NetworkCreate;
import argosy.cli.network.NetworkDisconnect;
import argosy.cli.network.NetworkLs;
import argosy.cli.network.NetworkRm;
import argosy.cli.system.Df;
import argosy.cli.system.Events;
import argosy.cli.system.Info;
import argosy.cli.system.Inspect;
import argosy.cli.system.Login;
import argosy.cli.system.Logout;
import argosy.cli.system.Prune;
import argosy.cli.system.SystemPrune;
import argosy.cli.system.Version;
import argosy.cli.volume.VolumeClone;
import argosy.cli.volume.VolumeCreate;
import argosy.cli.volume.VolumeExport;
import argosy.cli.volume.VolumeImport;
import argosy.cli.volume.VolumeLs;
import argosy.cli.volume.VolumeRm;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Every command by its name. Only the one that is named is ever made. */
final class CommandTree {
  /** In the order of the help. */
  static final List<String> NAMES =
      List.of(
          "run",
          "create",
          "start",
          "stop",
          "restart",
          "kill",
          "pause",
          "unpause",
          "rename",
          "update",
          "port",
          "port add",
          "port rm",
          "rm",
          "ps",
          "logs",
          "exec",
          "diff",
          "export",
          "commit",
          "attach",
          "wait",
          "stats",
          "inspect",
          "cp",
          "top",
          "container prune",
          "images",
          "history",
          "save",
          "load",
          "import",
          "search",
          "build",
          "pull",
          "push",
          "tag",
          "rmi",
          "image prune",
          "network ls",
          "network create",
          "network inspect",
          "network connect",
          "network disconnect",
          "network rm",
          "network prune",
          "volume ls",
          "volume create",
          "volume inspect",
          "volume export",
          "volume import",
          "volume clone",
          "volume rm",
          "volume prune",
          "node ls",
          "login",
          "logout",
          "system df",
          "system prune",
          "events",
          "info",
          "version");

  /** First words that never stand alone. */
  private static final List<String> GROUPS =
      List.of("container", "image", "network", "volume", "node", "system");

  private CommandTree() {}

  /** How many of a command line's first words are the command's name. */
  static int nameLength(List<String> words) {
    if (words.size() < 2) {
      return 1;
    }
    String first = words.getFirst();
    return GROUPS.contains(first) || find(first + " " + words.get(1)) != null ? 2 : 1;
  }

  /** Null when there is no such command. Docker's longer names work too. */
  static @Nullable Command find(String name) {
    return switch (name) {
      case "run", "container run" -> new Run();
      case "create", "container create" -> new Create();
      case "start", "container start" -> new Start();
      case "stop", "container stop" -> new Stop();
      case "restart", "container restart" -> new Restart();
      case "kill", "container kill" -> new Kill();
      case "pause", "container pause" -> new Pause();
      case "unpause", "container unpause" -> new Unpause();
      case "rename", "container rename" -> new Rename();
      case "update", "container update" -> new Update();
      case "port", "port ls", "port list", "container port" -> new Port();
      case "port add" -> new PortChange("add");
      case "port rm" -> new PortChange("rm");
      case "rm", "container rm" -> new Rm();
      case "ps", "container ls", "container ps", "container list" -> new Ps();
      case "logs", "container logs" -> new Logs();
      case "exec", "container exec" -> new Exec();
      case "diff", "container diff" -> new Diff();
      case "export", "container export" -> new Export();
      case "commit", "container commit" -> new Commit();
      case "attach", "container attach" -> new Attach();
      case "wait", "container wait" -> new Wait();
      case "stats", "container stats" -> new Stats();
      case "inspect" -> new Inspect();
      case "images", "image ls", "image list" -> new Images();
      case "build", "image build" -> new Build();
      case "pull", "image pull" -> new Pull();
      case "push", "image push" -> new Push();
      case "tag", "image tag" -> new Tag();
      case "rmi", "image rm" -> new Rmi();
      case "network ls", "network list" -> new NetworkLs();
      case "volume ls", "volume list" -> new VolumeLs();
      case "cp", "container cp" -> new Cp();
      case "top", "container top" -> new Top();
      case "container inspect" -> new Inspect("container");
      case "image inspect" -> new Inspect("image");
      case "network inspect" -> new Inspect("network");
      case "volume inspect" -> new Inspect("volume");
      case "container prune" -> new Prune(Prune.Kind.CONTAINER);
      case "image prune" -> new Prune(Prune.Kind.IMAGE);
      case "network prune" -> new Prune(Prune.Kind.NETWORK);
      case "volume prune" -> new Prune(Prune.Kind.VOLUME);
      case "history", "image history" -> new History();
      case "save", "image save" -> new Save();
      case "load", "image load" -> new Load();
      case "import", "image import" -> new Import();
      case "search" -> new Search();
      case "network create" -> new NetworkCreate();
      case "network connect" -> new NetworkConnect();
      case "network disconnect" -> new NetworkDisconnect();
      case "network rm", "network remove" -> new NetworkRm();
      case "volume create" -> new VolumeCreate();
      case "volume rm", "volume remove" -> new VolumeRm();
      case "volume export" -> new VolumeExport();
      case "volume import" -> new VolumeImport();
      case "volume clone" -> new VolumeClone();
      case "login" -> new Login();
      case "logout" -> new Logout();
      case "system df" -> new Df();
      case "system prune" -> new SystemPrune();
      case "node ls", "node list" -> new NodeLs();
      case "events", "system events" -> new Events();
      case "info", "system info" -> new Info();
      case "version" -> new Version();
      default -> null;
    };
  }
}
