package argosy.engine.spec;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** A container's port, {@code 80/tcp} in text and in JSON keys. */
public record Port(int number, String protocol) {
  public Port {
    if (number < 1 || number > 65535) {
      throw new IllegalArgumentException("invalid port: " + number);
    }
  }

  /** Reads {@code 80} or {@code 80/udp}; throws IllegalArgumentException on anything else. */
  @JsonCreator
  public static Port parse(String text) {
    int slash = text.indexOf('/');
    String number = slash < 0 ? text : text.substring(0, slash);
    String protocol = slash < 0 ? "tcp" : text.substring(slash + 1);
    return new Port(Integer.parseInt(number), protocol);
  }

  @Override
  @JsonValue
  public String toString() {
    return number + "/" + protocol;
  }
}
