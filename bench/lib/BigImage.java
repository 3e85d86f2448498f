import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

/**
 * Writes an image as {@code docker save} does, always the same one for the same numbers: each layer has many small
 * files, as distributions have them, and a few big ones; a third of the bytes is text, a third is like programs, and a
 * third can not be packed. usage: java BigImage.java FILE NAME LAYERS MEGABYTES SEED; NAME is the image's, with its tag.
 */
final class BigImage {
  private static final int BLOCK = 512;
  private static final int SMALL_FILES = 2000;
  private static final int DIRECTORY = 40;
  private static final byte[] WORDS =
      "the of library return public version license static include software provided copyright void index error "
          .getBytes(StandardCharsets.US_ASCII);

  private final Random random;
  private final byte[] noise = new byte[1 << 20];
  private final byte[] text = new byte[1 << 20];
  private final byte[] program = new byte[1 << 20];

  private BigImage(long seed) {
    random = new Random(seed);
    random.nextBytes(noise);
    for (int at = 0; at < text.length; at++) {
      int word = random.nextInt(WORDS.length);
      for (int i = word; i < WORDS.length && at < text.length && (i == word || WORDS[i] != ' '); i++) {
        text[at++] = WORDS[i];
      }
      if (at < text.length) {
        text[at] = (byte) (random.nextInt(9) == 0 ? '\n' : ' ');
      }
    }
    for (int at = 0; at < program.length; at++) {
      program[at] = (byte) (at % 4 == 3 ? 0 : random.nextGaussian() * 24);
    }
  }

  public static void main(String[] words) throws Exception {
    new BigImage(Long.parseLong(words[4])).write(Path.of(words[0]), words[1], Integer.parseInt(words[2]), Integer.parseInt(words[3]));
  }

  private void write(Path file, String name, int layers, int megabytes) throws Exception {
    var diffIds = new ArrayList<String>();
    var names = new ArrayList<String>();
    Path layer = Files.createTempFile(file.toAbsolutePath().getParent(), "layer", ".tar");
    try (var archive = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20)) {
      for (int i = 0; i < layers; i++) {
        diffIds.add(layer(layer, i, megabytes * 1_000_000L / layers));
        names.add("layer" + i + "/layer.tar");
        header(archive, names.getLast(), '0', Files.size(layer), 0644);
        Files.copy(layer, archive);
        pad(archive, Files.size(layer));
      }
      String config =
          "{\"architecture\":\"amd64\",\"os\":\"linux\",\"created\":\"2024-01-01T00:00:00Z\",\"config\":{\"Cmd\":[\"/bin/true\"]},\"rootfs\":{\"type\":\"layers\",\"diff_ids\":"
              + list(diffIds)
              + "}}";
      document(archive, "config.json", config);
      document(
          archive,
          "manifest.json",
          "[{\"Config\":\"config.json\",\"RepoTags\":[\"" + name + "\"],\"Layers\":" + list(names) + "}]");
      archive.write(new byte[2 * BLOCK]);
    } finally {
      Files.delete(layer);
    }
  }

  private static String list(List<String> texts) {
    return "[\"" + String.join("\",\"", texts) + "\"]";
  }

  /** The layer's digest. */
  private String layer(Path file, int number, long bytes) throws Exception {
    var sha256 = MessageDigest.getInstance("SHA-256");
    try (var out = new BufferedOutputStream(new DigestOutputStream(Files.newOutputStream(file), sha256), 1 << 20)) {
      String root = "usr/share/part" + number + "/";
      header(out, root, '5', 0, 0755);
      long left = bytes;
      for (int i = 0; i < SMALL_FILES; i++) {
        String directory = root + "d" + i / DIRECTORY + "/";
        if (i % DIRECTORY == 0) {
          header(out, directory, '5', 0, 0755);
        }
        int size = (int) Math.min(60_000, Math.exp(7.5 + random.nextGaussian() * 1.3));
        left -= size;
        file(out, directory + "f" + i, size, i % 3 == 0 ? program : text);
      }
      byte[][] kinds = {noise, program, text, noise};
      for (int i = 0; i < kinds.length; i++) {
        file(out, root + "big" + i, left / kinds.length, kinds[i]);
      }
      out.write(new byte[2 * BLOCK]);
    }
    return "sha256:" + HexFormat.of().formatHex(sha256.digest());
  }

  private void file(OutputStream out, String name, long size, byte[] content) throws IOException {
    header(out, name, '0', size, name.contains("big") ? 0755 : 0644);
    for (long left = size; left > 0; ) {
      // another place and another first byte, so that no piece is like the one before it
      int at = random.nextInt(content.length - 1024);
      int length = (int) Math.min(left, Math.min(content.length - at, 60_000));
      out.write(content, at, length);
      left -= length;
    }
    pad(out, size);
  }

  private static void document(OutputStream out, String name, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    header(out, name, '0', bytes.length, 0644);
    out.write(bytes);
    pad(out, bytes.length);
  }

  private static void pad(OutputStream out, long size) throws IOException {
    out.write(new byte[(int) ((BLOCK - size % BLOCK) % BLOCK)]);
  }

  private static void header(OutputStream out, String name, char type, long size, int mode) throws IOException {
    byte[] header = new byte[BLOCK];
    put(header, 0, name);
    put(header, 100, "%07o".formatted(mode));
    put(header, 108, "0000000");
    put(header, 116, "0000000");
    put(header, 124, "%011o".formatted(size));
    put(header, 136, "%011o".formatted(1_700_000_000));
    put(header, 148, "        ");
    header[156] = (byte) type;
    put(header, 257, "ustar\00000");
    int sum = 0;
    for (byte value : header) {
      sum += value & 0xff;
    }
    put(header, 148, "%06o\0 ".formatted(sum));
    out.write(header);
  }

  private static void put(byte[] header, int at, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(bytes, 0, header, at, bytes.length);
  }
}
