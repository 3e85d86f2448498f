package argosy.http.wire;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/** What a name stands for in its registry; inside, the names are those of the OCI image spec. */
public record DistributionInspect(
    @JsonProperty("Descriptor") Target descriptor,
    @JsonProperty("Platforms") List<Runs> platforms) {
  public DistributionInspect {
    platforms = List.copyOf(platforms);
  }

  public record Target(String mediaType, String digest, long size) {}

  public record Runs(String architecture, String os, @OmitEmpty String variant) {}
}
