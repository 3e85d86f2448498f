package argosy.http.wire;

import com.fasterxml.jackson.annotation.JsonProperty;

/** A repository that a search found. */
public record SearchRow(
    @JsonProperty("star_count") int stars,
    @JsonProperty("is_official") boolean official,
    String name,
    @JsonProperty("is_automated") boolean automated,
    String description) {}
