package argosy.cluster.placement;

import argosy.engine.failure.Failure;
import argosy.engine.failure.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a container demands of its node, in the words of Docker Swarm's placement constraints:
 * {@code node==n2}, {@code node.id!=…}, {@code node.labels.zone==a*}. A star stands for any text.
 *
 * @param label the label's key, null: the node itself, by name or id
 */
public record Constraint(String text, @Nullable String label, boolean equal, String value) {
  private static final Pattern FORM =
      Pattern.compile(
          "node(?:\\.(?:(?:name|hostname|id)|labels\\.([^=!\\s]+)))?\\s*(==|!=)\\s*(\\S+)");

  /** Reads one. */
  public static Outcome<Constraint> parse(String text) {
    Matcher matcher = FORM.matcher(text.strip());
    if (!matcher.matches()) {
      return Outcome.failed(
          new Failure.Invalid(
              "invalid constraint \"%s\": it is node==NAME, node.id==ID or node.labels.KEY==VALUE, or != in place of =="
                  .formatted(text)));
    }
    return Outcome.ok(
        new Constraint(
            text.strip(), matcher.group(1), matcher.group(2).equals("=="), matcher.group(3)));
  }

  /** Reads a list with commas between them; empty for an empty text. */
  public static Outcome<List<Constraint>> parseAll(List<String> texts) {
    var all = new ArrayList<Constraint>();
    for (String text : texts) {
      switch (parse(text)) {
        case Outcome.Ok<Constraint>(var constraint) -> all.add(constraint);
        case Outcome.Failed<Constraint>(var failure) -> {
          return Outcome.failed(failure);
        }
      }
    }
    return Outcome.ok(List.copyOf(all));
  }

  /** Why a node does not meet it, or empty. */
  public Optional<String> refusal(String name, String id, List<String> labels) {
    boolean matches =
        label == null
            ? like(name) || like(id)
            : labels.stream()
                .filter(one -> one.startsWith(label + "="))
                .anyMatch(one -> like(one.substring(label.length() + 1)));
    return matches == equal
        ? Optional.empty()
        : Optional.of("does not meet the constraint " + text);
  }

  private boolean like(String actual) {
    String[] pieces = value.split("\\*", -1);
    var regex = new StringBuilder();
    for (int i = 0; i < pieces.length; i++) {
      regex.append(i == 0 ? "" : ".*").append(Pattern.quote(pieces[i]));
    }
    return actual.matches(regex.toString());
  }
}
