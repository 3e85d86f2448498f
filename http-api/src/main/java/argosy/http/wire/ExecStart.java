package argosy.http.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** How an exec is started. */
@PascalCase
public record ExecStart(boolean detach, boolean tty, @Nullable List<Integer> consoleSize) {}
