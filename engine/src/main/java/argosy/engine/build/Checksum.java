package argosy.engine.build;

import argosy.engine.disk.Digest;
import argosy.engine.dockerfile.Instruction;
import java.util.Optional;
import java.util.regex.Pattern;

/** The digest that what ADD fetches must have ({@code ADD --checksum}); in BuildKit's words. */
record Checksum(String digest) {
  private static final Pattern FORM = Pattern.compile("[a-z0-9]+(?:[.+_-][a-z0-9]+)*:[0-9a-f]+");

  /**
   * Of an ADD that has one.
   *
   * @throws argosy.engine.failure.Refused for one that is no digest, or of what is not fetched
   */
  static Optional<Checksum> of(Instruction.Copy what) {
    String wanted = what.flag("checksum");
    if (wanted == null) {
      return Optional.empty();
    }
    if (what.sources().size() + what.heredocs().size() > 1) {
      throw BuildRun.refused("checksum can't be specified for multiple sources");
    }
    if (!what.heredocs().isEmpty() || !Download.isUrl(what.sources().getFirst())) {
      throw BuildRun.refused("checksum can't be specified for non-HTTP(S) sources");
    }
    if (!FORM.matcher(wanted).matches()) {
      throw BuildRun.refused("invalid checksum digest format");
    }
    if (!wanted.startsWith("sha256:")) {
      throw BuildRun.refused("unsupported digest algorithm");
    }
    if (!Digest.isDigest(wanted)) {
      throw BuildRun.refused("invalid checksum digest length");
    }
    return Optional.of(new Checksum(wanted));
  }

  /** Refuses what is something else. */
  void check(String found) {
    if (!digest.equals(found)) {
      throw BuildRun.refused("digest mismatch " + found + ": " + digest);
    }
  }
}
