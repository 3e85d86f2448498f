package argosy.http.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an exec is asked to be. */
@PascalCase
public record ExecCreate(
    @Nullable String user,
    boolean privileged,
    boolean tty,
    @Nullable List<Integer> consoleSize,
    boolean attachStdin,
    boolean attachStdout,
    boolean attachStderr,
    @Nullable String detachKeys,
    @Nullable List<String> env,
    @Nullable String workingDir,
    @OneOrMany @Nullable List<String> cmd) {}
