package argosy.cli.system;

import argosy.cli.client.Target;
import argosy.cli.command.Command;
import argosy.cli.command.Form;
import argosy.cli.command.Invocation;
import argosy.cli.json.Json;
import argosy.cli.output.Size;
import argosy.cli.output.Template;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;

/** Shows what a daemon is and has, and how its cluster stands. */
public final class Info implements Command {
  @Override
  public Form form() {
    return new Form("info", "Show what the daemon is and has, and how its cluster stands")
        .value("-f --format", "FORMAT", "json, or a template such as {{.ServerVersion}}")
        .operands("", 0);
  }

  @Override
  public int run(Invocation invocation) throws IOException {
    Json info = invocation.daemon().get(Target.of("info")).json();
    PrintStream out = invocation.console().out();
    String format = invocation.arguments().text("--format");
    if (!format.isEmpty()) {
      String template = format.equals("json") ? "{{json .}}" : format;
      out.println(Template.parse(template).render(info));
      return 0;
    }
    things(out, info);
    drivers(out, info);
    host(out, info);
    cluster(out, info);
    out.flush();
    info.get("Warnings").list().forEach(w -> invocation.console().err().println(w.text()));
    return 0;
  }

  private static void things(PrintStream out, Json info) {
    line(out, "Containers", info.get("Containers"));
    line(out, " Running", info.get("ContainersRunning"));
    line(out, " Paused", info.get("ContainersPaused"));
    line(out, " Stopped", info.get("ContainersStopped"));
    line(out, "Images", info.get("Images"));
    line(out, "Server Version", info.get("ServerVersion"));
  }

  private static void drivers(PrintStream out, Json info) {
    line(out, "Storage Driver", info.get("Driver"));
    for (Json status : info.get("DriverStatus").list()) {
      List<Json> pair = status.list();
      if (pair.size() == 2) {
        line(out, " " + pair.getFirst().text(), pair.getLast());
      }
    }
    line(out, "Logging Driver", info.get("LoggingDriver"));
    line(out, "Cgroup Driver", info.get("CgroupDriver"));
    line(out, "Cgroup Version", info.get("CgroupVersion"));
    String runtimes = String.join(" ", info.get("Runtimes").fields().keySet());
    line(out, "Runtimes", new Json(runtimes));
    line(out, "Default Runtime", info.get("DefaultRuntime"));
    for (Json option : info.get("SecurityOptions").list()) {
      line(out, "Security Option", option);
    }
  }

  private static void host(PrintStream out, Json info) {
    line(out, "Kernel Version", info.get("KernelVersion"));
    line(out, "Operating System", info.get("OperatingSystem"));
    line(out, "OSType", info.get("OSType"));
    line(out, "Architecture", info.get("Architecture"));
    line(out, "CPUs", info.get("NCPU"));
    line(out, "Total Memory", new Json(Size.binary(info.get("MemTotal").real())));
    line(out, "Name", info.get("Name"));
    line(out, "ID", info.get("ID"));
    line(out, "Root Dir", info.get("DockerRootDir"));
    line(out, "Debug Mode", info.get("Debug"));
    for (Json label : info.get("Labels").list()) {
      line(out, "Label", label);
    }
    for (var registry : info.get("RegistryConfig", "IndexConfigs").fields().entrySet()) {
      boolean open = !registry.getValue().get("Secure").flag();
      line(out, open ? "Insecure Registry" : "Registry", new Json(registry.getKey()));
    }
  }

  /** Argosy's own facts stand where Docker's old cluster had its own. */
  private static void cluster(PrintStream out, Json info) {
    for (Json status : info.get("SystemStatus").list()) {
      List<Json> pair = status.list();
      if (pair.size() == 2) {
        line(out, pair.getFirst().text(), pair.getLast());
      }
    }
  }

  private static void line(PrintStream out, String name, Json value) {
    if (!value.text().isEmpty()) {
      out.println(name + ": " + value.text());
    }
  }
}
