package argosy.engine.disk;

import argosy.engine.failure.Failure;
import argosy.engine.failure.Refused;
import argosy.engine.linux.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;

/** The name of some bytes: {@code sha256:} and 64 hexadecimal digits (OCI image spec, digests). */
public record Digest(String hex) implements Comparable<Digest> {
  private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");
  private static final String ALGORITHM = "sha256:";

  public Digest {
    if (!HEX.matcher(hex).matches()) {
      throw new Refused(new Failure.Invalid("invalid checksum digest format"));
    }
  }

  /** Reads {@code sha256:…}; anything else is refused. */
  public static Digest parse(String text) {
    if (!text.startsWith(ALGORITHM)) {
      throw new Refused(new Failure.Invalid("unsupported digest algorithm: " + text));
    }
    return new Digest(text.substring(ALGORITHM.length()));
  }

  public static boolean isDigest(String text) {
    return text.startsWith(ALGORITHM) && HEX.matcher(text.substring(ALGORITHM.length())).matches();
  }

  /** The digest of these bytes. */
  public static Digest of(byte[] bytes) {
    var sha256 = Sha256.start();
    sha256.update(bytes, 0, bytes.length);
    return of(sha256);
  }

  /** The digest of what a calculation has seen; it ends with this. */
  public static Digest of(Sha256 finished) {
    return ofHash(finished.digest());
  }

  private static Digest ofHash(byte[] hash) {
    return new Digest(HexFormat.of().formatHex(hash));
  }

  /**
   * The chain ids of a pile of layers, lowest first: each names a layer together with all below it
   * (OCI image spec, config.md, "Layer ChainID").
   */
  public static List<Digest> chain(List<Digest> diffIds) {
    var chain = new ArrayList<Digest>();
    for (Digest diffId : diffIds) {
      chain.add(
          chain.isEmpty()
              ? diffId
              : of((chain.getLast() + " " + diffId).getBytes(StandardCharsets.US_ASCII)));
    }
    return List.copyOf(chain);
  }

  /** The first twelve digits, as Docker shows ids. */
  public String shortHex() {
    return hex.substring(0, 12);
  }

  @Override
  public int compareTo(Digest other) {
    return hex.compareTo(other.hex);
  }

  @Override
  public String toString() {
    return ALGORITHM + hex;
  }
}
