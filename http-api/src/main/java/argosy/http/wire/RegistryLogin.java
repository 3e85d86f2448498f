package argosy.http.wire;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/** The body of {@code POST /auth}; {@code email} and the old joined {@code auth} are let pass. */
public record RegistryLogin(
    @Nullable String username,
    @Nullable String password,
    @JsonProperty("serveraddress") @Nullable String serverAddress,
    @JsonProperty("identitytoken") @Nullable String identityToken,
    @JsonProperty("registrytoken") @Nullable String registryToken) {}
