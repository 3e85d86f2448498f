package argosy.http.wire;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One platform's part of an image (API 1.47 and later); sizes in bytes. */
@PascalCase
public record ManifestSummary(
    @JsonProperty("ID") String id,
    Descriptor descriptor,
    boolean available,
    Size size,
    String kind,
    ImageData imageData) {

  /** OCI's words, not Docker's. */
  public record Descriptor(String mediaType, String digest, long size) {}

  @PascalCase
  public record Size(long total, long content) {}

  @PascalCase
  public record ImageData(Platform platform, List<String> containers, Unpacked size) {
    public ImageData {
      containers = List.copyOf(containers);
    }
  }

  /** OCI's words too. */
  public record Platform(String architecture, String os, @OmitNull @Nullable String variant) {}

  @PascalCase
  public record Unpacked(long unpacked) {}
}
