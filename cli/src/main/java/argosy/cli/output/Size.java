package argosy.cli.output;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;

/** Numbers of bytes, for people. */
public final class Size {
  private static final List<String> DECIMAL = List.of("B", "kB", "MB", "GB", "TB", "PB", "EB");
  private static final List<String> BINARY = List.of("B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB");

  private Size() {}

  /** In powers of 1000 with three digits, as images are listed: {@code 4.26MB}. */
  public static String decimal(double bytes) {
    return scaled(bytes, 1000, 3, DECIMAL);
  }

  /** In powers of 1024 with four digits, as memory is: {@code 1.944GiB}. */
  public static String binary(double bytes) {
    return scaled(bytes, 1024, 4, BINARY);
  }

  private static String scaled(double bytes, int base, int digits, List<String> units) {
    double left = bytes;
    int unit = 0;
    while (left >= base && unit < units.size() - 1) {
      left /= base;
      unit++;
    }
    var rounded = new BigDecimal(left).round(new MathContext(digits, RoundingMode.HALF_EVEN));
    String number = rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
    return number + units.get(unit);
  }
}
