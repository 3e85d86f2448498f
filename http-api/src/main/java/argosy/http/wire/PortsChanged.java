package argosy.http.wire;

import argosy.http.wire.HostConfig.PortBinding;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is published after a change: {@code portBindings} as the container asks for it, {@code
 * ports} as it has it now, nothing while it does not run.
 */
@PascalCase
public record PortsChanged(
    Map<String, @Nullable List<PortBinding>> portBindings,
    Map<String, @Nullable List<PortBinding>> ports) {}
