package argosy.http.wire;

import argosy.http.wire.HostConfig.PortBinding;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Ports of a container that are to be published, and others that are to be withdrawn. */
@PascalCase
public record PortsChange(
    @Nullable Map<String, @Nullable List<PortBinding>> add,
    @Nullable Map<String, @Nullable List<PortBinding>> remove) {}
