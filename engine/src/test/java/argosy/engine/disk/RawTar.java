package argosy.engine.disk;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Writes tars as no library would, hostile ones for instance. */
final class RawTar {
  private static final int BLOCK = 512;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  RawTar file(String name, byte[] body) {
    return entry(name, '0', 0644, "", body);
  }

  RawTar directory(String name) {
    return entry(name, '5', 0755, "", new byte[0]);
  }

  RawTar symbolicLink(String name, String target) {
    return entry(name, '2', 0777, target, new byte[0]);
  }

  RawTar hardLink(String name, String target) {
    return entry(name, '1', 0644, target, new byte[0]);
  }

  /** An extended attribute of the next entry. */
  RawTar attribute(String name, byte[] value) {
    byte[] key = ("SCHILY.xattr." + name + "=").getBytes(StandardCharsets.UTF_8);
    int length = key.length + value.length + 2;
    while (length != key.length + value.length + 2 + Integer.toString(length).length()) {
      length = key.length + value.length + 2 + Integer.toString(length).length();
    }
    var body = new ByteArrayOutputStream();
    body.writeBytes((length + " ").getBytes(StandardCharsets.US_ASCII));
    body.writeBytes(key);
    body.writeBytes(value);
    body.write('\n');
    return entry("pax", 'x', 0644, "", body.toByteArray());
  }

  RawTar entry(String name, char type, int mode, String link, byte[] body) {
    byte[] header = new byte[BLOCK];
    text(header, 0, name);
    text(header, 100, "%07o".formatted(mode));
    text(header, 108, "%07o".formatted(1000));
    text(header, 116, "%07o".formatted(1001));
    text(header, 124, "%011o".formatted(body.length));
    text(header, 136, "%011o".formatted(1_700_000_000));
    text(header, 148, "        ");
    header[156] = (byte) type;
    text(header, 157, link);
    text(header, 257, "ustar\00000");
    int sum = 0;
    for (byte value : header) {
      sum += value & 0xff;
    }
    text(header, 148, "%06o\0 ".formatted(sum));
    out.writeBytes(header);
    out.writeBytes(body);
    out.writeBytes(new byte[(BLOCK - body.length % BLOCK) % BLOCK]);
    return this;
  }

  private static void text(byte[] header, int at, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    System.arraycopy(bytes, 0, header, at, bytes.length);
  }

  byte[] bytes() {
    var whole = new ByteArrayOutputStream();
    try {
      out.writeTo(whole);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    whole.writeBytes(new byte[2 * BLOCK]);
    return whole.toByteArray();
  }
}
