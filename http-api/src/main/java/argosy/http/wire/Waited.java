package argosy.http.wire;

import org.jspecify.annotations.Nullable;

/** How a wait ended; {@code error} is null when it ended well. */
@PascalCase
public record Waited(@OmitNull @Nullable Problem error, int statusCode) {

  @PascalCase
  public record Problem(String message) {}
}
