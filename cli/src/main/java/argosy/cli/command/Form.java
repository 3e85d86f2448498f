package argosy.cli.command;

import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * What a command takes. Built by hand on picocli's model, since looking for annotations costs more
 * than the command itself.
 */
public final class Form {
  private static final int UNBOUNDED = Integer.MAX_VALUE;
  private final CommandSpec spec;
  private final String name;
  private String operands = "";
  private int fewest;
  private int most;

  public Form(String name, String summary) {
    this.name = name;
    spec = CommandSpec.wrapWithoutInspection(null).name("argosy " + name);
    spec.usageMessage().description(summary).width(100).sortOptions(true);
    spec.parser().stopAtPositional(false).caseInsensitiveEnumValuesAllowed(false);
    flag("--help", "Print this and do nothing");
    value("-H --host", "URL", "The daemon: unix:///PATH or tcp://HOST:PORT[/BASE]");
    value("--node", "NAME", "Speak to this node, through the daemon");
    flag("--cluster", "Speak to all nodes as one engine");
  }

  public String name() {
    return name;
  }

  /** An option that is there or not. Names are separated by blanks. */
  public Form flag(String names, String help) {
    spec.addOption(
        OptionSpec.builder(names.split(" "))
            .type(boolean.class)
            .arity("0")
            .description(help)
            .build());
    return this;
  }

  /** An option with one value; the last one given counts. */
  public Form value(String names, String label, String help) {
    spec.addOption(
        OptionSpec.builder(names.split(" "))
            .type(String.class)
            .arity("1")
            .paramLabel(label)
            .description(help)
            .build());
    return this;
  }

  /** An option that may be given often. */
  public Form list(String names, String label, String help) {
    spec.addOption(
        OptionSpec.builder(names.split(" "))
            .type(List.class)
            .auxiliaryTypes(String.class)
            .arity("1")
            .paramLabel(label)
            .description(help)
            .build());
    return this;
  }

  /** Exactly these operands. */
  public Form operands(String label, int count) {
    return operands(label, count, count);
  }

  /** At least so many operands. */
  public Form operandsFrom(String label, int fewest) {
    return operands(label, fewest, UNBOUNDED);
  }

  /** Between so many operands. */
  public Form operands(String label, int atLeast, int atMost) {
    operands = label.isEmpty() ? "" : " " + label;
    fewest = atLeast;
    most = atMost;
    spec.addPositional(
        PositionalParamSpec.builder()
            .index("0..*")
            .arity("0..*")
            .type(List.class)
            .auxiliaryTypes(String.class)
            .hidden(true)
            .build());
    return this;
  }

  /** What follows the first operand belongs to the container, options and all. */
  public Form commandAfterOperand() {
    spec.parser().stopAtPositional(true);
    return this;
  }

  CommandSpec spec() {
    spec.usageMessage().customSynopsis("argosy " + name + " [OPTIONS]" + operands);
    return spec;
  }

  /**
   * @throws IllegalArgumentException when there are too few or too many operands
   */
  void checkOperands(int count) {
    if (count >= fewest && count <= most) {
      return;
    }
    String limit = most == UNBOUNDED ? "at least " : "";
    int number = count < fewest ? fewest : most;
    String wanted =
        number == 0 ? "no arguments" : limit + number + (number == 1 ? " argument" : " arguments");
    throw new IllegalArgumentException(
        "\"argosy " + name + "\" takes " + wanted + ": argosy " + name + " [OPTIONS]" + operands);
  }

  String summary() {
    return spec.usageMessage().description()[0];
  }
}
