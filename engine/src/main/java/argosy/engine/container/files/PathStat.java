package argosy.engine.container.files;

import java.time.Instant;

/**
 * What lies at a path in a container.
 *
 * @param size in bytes
 * @param mode type and permissions, as {@code st_mode} (inode(7))
 * @param linkTarget where a link leads in the end, absolute in the container; else ""
 */
public record PathStat(String name, long size, int mode, Instant modified, String linkTarget) {}
