package argosy.cli.command;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** A command's arguments, by the names its {@link Form} gave them. */
public final class Arguments {
  private final ParseResult parsed;
  private final List<String> operands;

  private Arguments(ParseResult parsed, List<String> operands) {
    this.parsed = parsed;
    this.operands = operands;
  }

  /** The arguments do not fit the form; the message is for the user. */
  public static final class Misfit extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Misfit(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /**
   * @throws Misfit for an option that the form does not have, or one without its value
   * @throws IllegalArgumentException for too few or too many operands
   */
  public static Arguments parse(Form form, List<String> args) {
    CommandLine line = new CommandLine(form.spec()).setExpandAtFiles(false);
    ParseResult parsed;
    try {
      parsed = line.setTrimQuotes(false).setOverwrittenOptionsAllowed(true).parseArgs(array(args));
    } catch (ParameterException e) {
      throw new Misfit(e.getMessage() + "\nSee 'argosy " + form.name() + " --help'", e);
    }
    List<String> operands = parsed.matchedPositionalValue(0, List.<String>of());
    if (!parsed.matchedOptionValue("--help", false)) {
      form.checkOperands(operands.size());
    }
    return new Arguments(parsed, List.copyOf(operands));
  }

  private static String[] array(List<String> args) {
    return args.toArray(String[]::new);
  }

  /** What {@code --help} prints. */
  public static String help(Form form) {
    return new CommandLine(form.spec()).getUsageMessage(Ansi.OFF);
  }

  /** The form's one sentence. */
  public static String summary(Form form) {
    return form.summary();
  }

  public boolean has(String option) {
    return parsed.hasMatchedOption(option);
  }

  public boolean flag(String option) {
    return parsed.matchedOptionValue(option, false);
  }

  /** "" when it was not given. */
  public String text(String option) {
    return text(option, "");
  }

  public String text(String option, String absent) {
    return parsed.matchedOptionValue(option, absent);
  }

  /** In the order given. */
  public List<String> list(String option) {
    return parsed.matchedOptionValue(option, List.of());
  }

  public List<String> operands() {
    return operands;
  }
}
