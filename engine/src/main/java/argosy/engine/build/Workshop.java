package argosy.engine.build;

import argosy.engine.build.BuildOptions.Keep;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Where a build's steps are done. Every call blocks, ends early when its thread is interrupted, and
 * throws {@link argosy.engine.failure.Refused} with the sentence for the user.
 */
interface Workshop {
  /** An image by name, pulled where it is missing. */
  Base base(String reference, @Nullable String platform);

  /** An image that the same change made of the same base before. */
  Optional<Base> cached(Base base, Change change);

  Base configure(Base base, Change change);

  /** With a directory made, where it is missing. */
  Base enter(Base base, Change change, String path);

  /**
   * Finds what a command needs mounted.
   *
   * @param from the image of a mount that names one, or null for the context
   */
  Mounts mounts(Deed.Run run, Function<RunMount, @Nullable Base> from);

  /** With what a command leaves behind. */
  Base run(Base base, Change change, Deed.Run run, Mounts mounts, Keep keep);

  /** Finds what is to be copied: in the build context, or in an image. */
  Goods goods(Deed.Copy deed, @Nullable Base from);

  /** With these goods brought in. */
  Base copy(Base base, Change change, Goods goods, Deed.Copy deed);

  /** Gives an image its names. */
  void tag(Base image, List<String> names);

  /** What is mounted for one command, until it is closed. */
  interface Mounts extends AutoCloseable {
    /** The same for the same files in all bind mounts; empty without one. */
    String digest();

    @Override
    void close();
  }

  /** Files to be copied, before they are; closed when they have been, or need not be. */
  interface Goods extends AutoCloseable {
    /** {@code file:HASH} or {@code dir:HASH}: the same for the same names, content and modes. */
    String digest();

    @Override
    void close();
  }
}
