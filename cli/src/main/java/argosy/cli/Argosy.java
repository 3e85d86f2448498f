package argosy.cli;

import argosy.cli.client.Address;
import argosy.cli.client.Daemon;
import argosy.cli.command.Arguments;
import argosy.cli.command.Command;
import argosy.cli.command.Console;
import argosy.cli.command.Invocation;
import argosy.cli.output.OutputClosed;
import argosy.cli.system.Version;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The argosy command. */
public final class Argosy {
  static final String DEFAULT_HOST = "unix:///run/argosy/argosy.sock";
  private static final int FAILED = 1;
  private static final int MISFIT = 125;

  /** As a shell reports a program that SIGPIPE ended. */
  private static final int BROKEN_PIPE = 141;

  private final Console console;
  private final Map<String, String> environment;

  Argosy(Console console, Map<String, String> environment) {
    this.console = console;
    this.environment = environment;
  }

  public static void main(String[] args) {
    Console console = Console.system();
    int code = new Argosy(console, System.getenv()).run(List.of(args));
    console.out().flush();
    // the streams are flushed and the terminal is restored; a full exit costs the user milliseconds
    Runtime.getRuntime().halt(code);
  }

  /** The exit code. Nothing is thrown for what a user can do wrong. */
  int run(List<String> args) {
    try {
      return run(GlobalOptions.parse(args));
    } catch (Arguments.Misfit misfit) {
      console.complain(String.valueOf(misfit.getMessage()));
      return MISFIT;
    } catch (OutputClosed nobodyReads) {
      return BROKEN_PIPE;
    } catch (IOException | IllegalArgumentException failure) {
      String message = failure.getMessage();
      console.complain(message == null ? failure.toString() : message);
      return !args.isEmpty() && args.contains("run") ? MISFIT : FAILED;
    } finally {
      console.out().flush();
    }
  }

  private int run(GlobalOptions options) throws IOException {
    List<String> words = options.rest();
    if (options.version()) {
      console.out().println("argosy " + Version.OWN);
      return 0;
    }
    if (words.isEmpty() || words.getFirst().equals("help") && words.size() == 1) {
      console.out().print(Help.text());
      return options.help() || !words.isEmpty() ? 0 : FAILED;
    }
    boolean helped = words.getFirst().equals("help");
    List<String> named = helped ? words.subList(1, words.size()) : words;
    int length = CommandTree.nameLength(named);
    String name = String.join(" ", named.subList(0, length));
    Command command = CommandTree.find(name);
    if (command == null) {
      throw new IllegalArgumentException(
          "\"" + name + "\" is no command; argosy --help lists them all");
    }
    List<String> rest = new ArrayList<>(named.subList(length, named.size()));
    return run(command, options, helped || options.help() ? List.of("--help") : rest);
  }

  private int run(Command command, GlobalOptions options, List<String> args) throws IOException {
    Arguments arguments = Arguments.parse(command.form(), args);
    if (arguments.flag("--help")) {
      console.out().print(Arguments.help(command.form()));
      return 0;
    }
    String node = arguments.text("--node", options.node());
    boolean cluster = arguments.flag("--cluster") || options.cluster();
    if (cluster && !node.isEmpty()) {
      throw new IllegalArgumentException("--node and --cluster exclude each other");
    }
    Address address = address(arguments.text("--host", options.host()));
    Address view =
        cluster
            ? address.under("/cluster")
            : node.isEmpty() ? address : address.under("/node/" + node);
    Daemon daemon = new Daemon(view, warning -> console.complain("warning: " + warning));
    return command.run(
        new Invocation(arguments, daemon, cluster, console, environment, InstantSource.system()));
  }

  private Address address(String named) {
    for (String url :
        new @Nullable String[] {
          named, environment.get("ARGOSY_HOST"), environment.get("DOCKER_HOST")
        }) {
      if (url != null && !url.isEmpty()) {
        return Address.parse(url);
      }
    }
    return Address.parse(DEFAULT_HOST);
  }
}
