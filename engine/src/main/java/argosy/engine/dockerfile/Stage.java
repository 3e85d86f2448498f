package argosy.engine.dockerfile;

import java.util.List;

/** A FROM and the steps up to the next one; {@code index} from 0. */
public record Stage(int index, Step start, Instruction.From from, List<Step> steps) {
  public Stage {
    steps = List.copyOf(steps);
  }

  /** True for its name, in any case, and for its number. */
  public boolean isCalled(String reference) {
    return reference.equalsIgnoreCase(from.as()) || reference.equals(Integer.toString(index));
  }
}
