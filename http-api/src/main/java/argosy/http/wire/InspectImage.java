package argosy.http.wire;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The answer to an image's inspect; absent fields are those the asked version does not know. */
@PascalCase
public record InspectImage(
    String id,
    List<String> repoTags,
    List<String> repoDigests,
    String parent,
    String comment,
    String created,
    @OmitNull @Nullable String container,
    Config containerConfig,
    String dockerVersion,
    String author,
    Record config,
    String architecture,
    @OmitEmpty @Nullable String variant,
    String os,
    long size,
    @OmitNull @Nullable Long virtualSize,
    InspectContainer.GraphDriver graphDriver,
    @JsonProperty("RootFS") RootFs rootFs,
    Metadata metadata,
    @OmitNull @Nullable List<ManifestSummary> manifests) {

  @PascalCase
  public record RootFs(String type, List<String> layers) {}

  @PascalCase
  public record Metadata(String lastTagTime) {}
}
