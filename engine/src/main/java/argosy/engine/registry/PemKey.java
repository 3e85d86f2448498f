package argosy.engine.registry;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A private key in a PEM file, unencrypted: PKCS#8 (RFC 5958), or the older ways of openssl for RSA
 * (RFC 8017) and elliptic curves (RFC 5915), which are PKCS#8 without its first fields.
 */
final class PemKey {
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ((?:RSA |EC )?PRIVATE KEY)-----([^-]*)-----END");
  private static final byte[] ZERO = {2, 1, 0};
  private static final byte[] RSA = HexFormat.of().parseHex("300d06092a864886f70d0101010500");
  private static final byte[] EC = HexFormat.of().parseHex("06072a8648ce3d0201");

  private PemKey() {}

  static PrivateKey read(Path file) throws IOException {
    var block = BLOCK.matcher(Files.readString(file));
    if (!block.find()) {
      throw new IOException("there is no unencrypted private key in " + file);
    }
    byte[] der = Base64.getMimeDecoder().decode(block.group(2));
    byte[] pkcs8 =
        switch (block.group(1)) {
          case "RSA PRIVATE KEY" -> tagged(0x30, ZERO, RSA, tagged(4, der));
          case "EC PRIVATE KEY" ->
              tagged(0x30, ZERO, tagged(0x30, EC, curve(der, file)), tagged(4, der));
          default -> der;
        };
    for (String algorithm : List.of("RSA", "EC", "EdDSA")) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
      } catch (GeneralSecurityException otherKind) {
        continue;
      }
    }
    throw new IOException("the private key in " + file + " is of no kind that Java knows");
  }

  /** The curve's name stands behind the version and the secret, tagged [0]. */
  private static byte[] curve(byte[] der, Path file) throws IOException {
    int at = der[1] < 0 ? 2 + (der[1] & 0x7f) : 2;
    at += 2 + der[at + 1];
    at += 2 + der[at + 1];
    if (at + 1 >= der.length || (der[at] & 0xff) != 0xa0) {
      throw new IOException("the private key in " + file + " does not name its curve");
    }
    return Arrays.copyOfRange(der, at + 2, at + 2 + der[at + 1]);
  }

  /** One DER value of these parts. */
  private static byte[] tagged(int tag, byte[]... parts) {
    var content = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      content.writeBytes(part);
    }
    var value = new ByteArrayOutputStream();
    value.write(tag);
    int length = content.size();
    if (length < 0x80) {
      value.write(length);
    } else if (length < 0x100) {
      value.write(0x81);
      value.write(length);
    } else {
      value.write(0x82);
      value.write(length >> 8);
      value.write(length);
    }
    value.writeBytes(content.toByteArray());
    return value.toByteArray();
  }
}
