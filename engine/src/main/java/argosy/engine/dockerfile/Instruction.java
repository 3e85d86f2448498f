package argosy.engine.dockerfile;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One instruction of a Dockerfile. Words are as written: quotes, escapes and variables stand in
 * them until {@link Expansion} has seen them.
 */
public sealed interface Instruction {

  /** A command in exec form ({@code ["a","b"]}) or in shell form: then one word, the whole line. */
  record Command(boolean exec, List<String> words) {
    public Command {
      words = List.copyOf(words);
    }
  }

  /** A name with what it is set to; null where ARG gives no default. */
  record Pair(String name, @Nullable String value) {}

  /** {@code as}: the stage's name in lower case, or null. */
  record From(String image, @Nullable String platform, @Nullable String as)
      implements Instruction {}

  record Run(Command command, Map<String, List<String>> flags, List<Heredoc> heredocs)
      implements Instruction {
    public Run {
      flags = Map.copyOf(flags);
      heredocs = List.copyOf(heredocs);
    }
  }

  record Cmd(Command command) implements Instruction {}

  record Entrypoint(Command command) implements Instruction {}

  record Label(List<Pair> labels) implements Instruction {
    public Label {
      labels = List.copyOf(labels);
    }
  }

  record Expose(List<String> ports) implements Instruction {
    public Expose {
      ports = List.copyOf(ports);
    }
  }

  record Env(List<Pair> variables) implements Instruction {
    public Env {
      variables = List.copyOf(variables);
    }
  }

  /**
   * COPY and ADD.
   *
   * @param from the stage or image a COPY takes from, null for the context
   * @param flags the others: chown, chmod, link, checksum, exclude, parents
   */
  record Copy(
      boolean add,
      List<String> sources,
      String destination,
      @Nullable String from,
      Map<String, List<String>> flags,
      List<Heredoc> heredocs)
      implements Instruction {
    public Copy {
      sources = List.copyOf(sources);
      flags = Map.copyOf(flags);
      heredocs = List.copyOf(heredocs);
    }

    /** A flag's value, or null without it. */
    public @Nullable String flag(String name) {
      List<String> values = flags.get(name);
      return values == null ? null : values.getLast();
    }
  }

  record Volume(List<String> paths) implements Instruction {
    public Volume {
      paths = List.copyOf(paths);
    }
  }

  record User(String user) implements Instruction {}

  record Workdir(String path) implements Instruction {}

  record Arg(List<Pair> arguments) implements Instruction {
    public Arg {
      arguments = List.copyOf(arguments);
    }
  }

  /** {@code line}: an instruction, as written, for the build that begins with this image. */
  record Onbuild(String line) implements Instruction {}

  record Stopsignal(String signal) implements Instruction {}

  /** {@code command} is null for NONE; zero durations and retries mean the defaults. */
  record Healthcheck(
      @Nullable Command command,
      Duration interval,
      Duration timeout,
      Duration startPeriod,
      Duration startInterval,
      int retries)
      implements Instruction {
    /** No check at all, not even the image's. */
    public static final Healthcheck NONE =
        new Healthcheck(null, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO, 0);
  }

  record Shell(List<String> words) implements Instruction {
    public Shell {
      words = List.copyOf(words);
    }
  }

  record Maintainer(String name) implements Instruction {}
}
