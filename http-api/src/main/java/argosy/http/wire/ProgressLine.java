package argosy.http.wire;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/** One line of a progress stream; these names start small. */
public record ProgressLine(
    @OmitNull @Nullable String stream,
    @OmitNull @Nullable String status,
    @OmitNull @Nullable Detail progressDetail,
    @OmitNull @Nullable String id,
    @OmitNull @Nullable Problem errorDetail,
    @OmitNull @Nullable String error,
    @OmitNull @Nullable Object aux) {

  /** Bytes; both absent while nothing is known. */
  public record Detail(@OmitNull @Nullable Long current, @OmitNull @Nullable Long total) {}

  /** {@code code}: a command's, where one failed. */
  public record Problem(@OmitNull @Nullable Integer code, String message) {}

  /** What was pushed; these names start large. */
  public record Pushed(
      @JsonProperty("Tag") String tag,
      @JsonProperty("Digest") String digest,
      @JsonProperty("Size") long size) {}

  /** What was built; this name is all large. */
  public record Made(@JsonProperty("ID") String id) {}
}
