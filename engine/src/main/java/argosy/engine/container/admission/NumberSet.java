package argosy.engine.container.admission;

import java.util.BitSet;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbers of CPUs or memory nodes, as the kernel writes them: {@code 0-2,5}. */
record NumberSet(BitSet numbers) {
  private static final int MOST = 8192;
  private static final Pattern RANGE = Pattern.compile("(\\d{1,4})(?:-(\\d{1,4}))?");

  /** Empty when it is no such list; "" is the empty set. */
  static Optional<NumberSet> parse(String text) {
    var numbers = new BitSet();
    for (String part : text.isBlank() ? new String[0] : text.strip().split(",", -1)) {
      Matcher range = RANGE.matcher(part.strip());
      if (!range.matches()) {
        return Optional.empty();
      }
      int first = Integer.parseInt(range.group(1));
      int last = range.group(2) == null ? first : Integer.parseInt(range.group(2));
      if (first > last || last >= MOST) {
        return Optional.empty();
      }
      numbers.set(first, last + 1);
    }
    return Optional.of(new NumberSet(numbers));
  }

  boolean containsAll(NumberSet others) {
    var left = (BitSet) others.numbers.clone();
    left.andNot(numbers);
    return left.isEmpty();
  }
}
