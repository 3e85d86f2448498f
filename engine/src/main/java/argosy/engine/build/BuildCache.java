package argosy.engine.build;

import java.time.Instant;

/**
 * A directory of RUN --mount=type=cache.
 *
 * @param id its name on the disk
 * @param bytes what it holds
 * @param inUse whether a build has it now
 */
public record BuildCache(String id, long bytes, Instant created, Instant lastUsed, boolean inUse) {
  /** What BuildKit calls a record of this kind. */
  public static final String TYPE = "exec.cachemount";

  /** Shown to people. */
  public static final String DESCRIPTION = "RUN --mount=type=cache";
}
