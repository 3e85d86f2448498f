package argosy.http.wire;

import org.jspecify.annotations.Nullable;

/** One line of a progress stream; these names start small. */
public record ProgressLine(
    @OmitNull @Nullable String stream,
    @OmitNull @Nullable String status,
    @OmitNull @Nullable Detail progressDetail,
    @OmitNull @Nullable String id,
    @OmitNull @Nullable Problem errorDetail,
    @OmitNull @Nullable String error) {

  /** Bytes; both absent while nothing is known. */
  public record Detail(@OmitNull @Nullable Long current, @OmitNull @Nullable Long total) {}

  public record Problem(String message) {}
}
