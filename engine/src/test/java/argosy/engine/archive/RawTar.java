package argosy.engine.archive;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Writes tars as no library would, hostile ones for instance. */
public final class RawTar {
  private static final int BLOCK = 512;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  public RawTar file(String name, byte[] body) {
    return entry(name, '0', 0644, "", body);
  }

  public RawTar directory(String name) {
    return entry(name, '5', 0755, "", new byte[0]);
  }

  public RawTar symbolicLink(String name, String target) {
    return entry(name, '2', 0777, target, new byte[0]);
  }

  public RawTar hardLink(String name, String target) {
    return entry(name, '1', 0644, target, new byte[0]);
  }

  /** An extended attribute of the next entry. */
  public RawTar attribute(String name, byte[] value) {
    return pax("SCHILY.xattr." + name, value);
  }

  /** Extended headers of the next entry, all in one block: KEY, VALUE, KEY, VALUE… */
  public RawTar pax(String... words) {
    var body = new ByteArrayOutputStream();
    for (int i = 0; i < words.length; i += 2) {
      body.writeBytes(record(words[i], words[i + 1].getBytes(StandardCharsets.UTF_8)));
    }
    return entry("pax", 'x', 0644, "", body.toByteArray());
  }

  public RawTar pax(String key, byte[] value) {
    return entry("pax", 'x', 0644, "", record(key, value));
  }

  private static byte[] record(String name, byte[] value) {
    byte[] key = (name + "=").getBytes(StandardCharsets.UTF_8);
    int length = key.length + value.length + 2;
    while (length != key.length + value.length + 2 + Integer.toString(length).length()) {
      length = key.length + value.length + 2 + Integer.toString(length).length();
    }
    var record = new ByteArrayOutputStream();
    record.writeBytes((length + " ").getBytes(StandardCharsets.US_ASCII));
    record.writeBytes(key);
    record.writeBytes(value);
    record.write('\n');
    return record.toByteArray();
  }

  public RawTar entry(String name, char type, int mode, String link, byte[] body) {
    return entry(name, type, mode, link, body, _ -> {});
  }

  /** {@code edit}: changes the header before it is summed up. */
  public RawTar entry(
      String name, char type, int mode, String link, byte[] body, Consumer<byte[]> edit) {
    byte[] header = new byte[BLOCK];
    text(header, 0, name);
    text(header, 100, "%07o".formatted(mode));
    text(header, 108, "%07o".formatted(1000));
    text(header, 116, "%07o".formatted(1001));
    text(header, 124, "%011o".formatted(body.length));
    text(header, 136, "%011o".formatted(1_700_000_000));
    header[156] = (byte) type;
    text(header, 157, link);
    text(header, 257, "ustar\00000");
    edit.accept(header);
    sum(header, 0);
    out.writeBytes(header);
    out.writeBytes(body);
    out.writeBytes(new byte[(BLOCK - body.length % BLOCK) % BLOCK]);
    return this;
  }

  /** Writes the checksum of the header at this place. */
  public static void sum(byte[] tar, int at) {
    byte[] blank = "        ".getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(blank, 0, tar, at + 148, blank.length);
    int sum = 0;
    for (int i = at; i < at + BLOCK; i++) {
      sum += tar[i] & 0xff;
    }
    byte[] digits = "%06o\0 ".formatted(sum).getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(digits, 0, tar, at + 148, digits.length);
  }

  /** Bytes that are no entry of their own. */
  public RawTar raw(byte[] bytes) {
    out.writeBytes(bytes);
    return this;
  }

  public static void text(byte[] header, int at, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    System.arraycopy(bytes, 0, header, at, bytes.length);
  }

  public byte[] bytes() {
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
