package argosy.engine;

import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Inputs for readers that must not be surprised: good ones, changed a little by chance. The same
 * seed makes the same inputs.
 */
public final class Mutations {
  private static final byte[] INTERESTING = {0, 1, -1, 127, -128, ' ', '/', '.', '\n', '"', '9'};

  private final Random random;
  private final List<byte[]> good;

  public Mutations(long seed, List<byte[]> good) {
    this.random = new Random(seed);
    this.good = List.copyOf(good);
  }

  public int below(int bound) {
    return random.nextInt(bound);
  }

  /** The next input. */
  public byte[] next() {
    byte[] input = pick().clone();
    for (int i = 1 + random.nextInt(4); i > 0; i--) {
      input = changed(input);
    }
    return input;
  }

  private byte[] pick() {
    return good.get(random.nextInt(good.size()));
  }

  private byte[] changed(byte[] input) {
    if (input.length == 0) {
      return pick().clone();
    }
    int at = random.nextInt(input.length);
    int length = 1 + random.nextInt(Math.min(600, input.length - at));
    switch (random.nextInt(7)) {
      case 0 -> input[at] ^= (byte) (1 << random.nextInt(8));
      case 1 -> input[at] = INTERESTING[random.nextInt(INTERESTING.length)];
      case 2 ->
          Arrays.fill(input, at, at + length, INTERESTING[random.nextInt(INTERESTING.length)]);
      case 3 -> {
        return Arrays.copyOf(input, at);
      }
      case 4 -> {
        return joined(
            Arrays.copyOf(input, at), Arrays.copyOfRange(input, at + length, input.length));
      }
      case 5 -> {
        return joined(
            Arrays.copyOf(input, at + length), Arrays.copyOfRange(input, at, input.length));
      }
      default -> {
        byte[] other = pick();
        return joined(
            Arrays.copyOf(input, at),
            Arrays.copyOfRange(other, Math.min(at, other.length), other.length));
      }
    }
    return input;
  }

  private static byte[] joined(byte[] one, byte[] other) {
    byte[] both = Arrays.copyOf(one, one.length + other.length);
    System.arraycopy(other, 0, both, one.length, other.length);
    return both;
  }
}
