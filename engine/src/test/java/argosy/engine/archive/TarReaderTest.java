package argosy.engine.archive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import argosy.engine.archive.TarEntry.Kind;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What writers of tars write, byte by byte. */
class TarReaderTest {
  private static final byte[] NONE = {};

  @Test
  void pax_records_overrule_the_header() throws IOException {
    var entry =
        only(
            new RawTar()
                .pax(
                    "path",
                    "ä/name",
                    "linkpath",
                    "ö",
                    "uid",
                    "3000000000",
                    "gid",
                    "7",
                    "mtime",
                    "1600000000.123456789")
                .symbolicLink("short", "other"));
    assertEquals("ä/name", entry.shown());
    assertEquals("ö", entry.shownLink());
    assertEquals(3_000_000_000L, Integer.toUnsignedLong(entry.uid()));
    assertEquals(7, entry.gid());
    assertEquals(Instant.ofEpochSecond(1_600_000_000, 123_456_789), entry.modified());
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1.5", "-0.25", "12", "12.", "12.3456789019"})
  void times_have_fractions_and_signs(String time) throws IOException {
    var expected =
        switch (time) {
          case "-1.5" -> Instant.ofEpochSecond(-2, 500_000_000);
          case "-0.25" -> Instant.ofEpochSecond(-1, 750_000_000);
          case "12.3456789019" -> Instant.ofEpochSecond(12, 345_678_901);
          default -> Instant.ofEpochSecond(12);
        };
    assertEquals(expected, only(new RawTar().pax("mtime", time).file("f", NONE)).modified());
  }

  @Test
  void an_empty_record_and_a_global_header_change_nothing() throws IOException {
    var tar =
        new RawTar()
            .entry("g", 'g', 0644, "", "17 path=everyone\n".getBytes(StandardCharsets.US_ASCII))
            .pax("path", "")
            .file("own", NONE);
    assertEquals("own", only(tar).shown());
  }

  @Test
  void names_are_bytes() throws IOException {
    byte[] name = {'a', (byte) 0xff, (byte) 0xfe, '\n'};
    var pax = only(new RawTar().pax("path", name).file("f", NONE));
    assertEquals(Octets.of(name, 0, name.length), pax.name());
    var plain =
        only(
            new RawTar()
                .entry(
                    "f", '0', 0644, "", NONE, h -> System.arraycopy(name, 0, h, 0, name.length)));
    assertEquals(pax.name(), plain.name());
  }

  @Test
  void long_names_come_ustars_and_gnus_way() throws IOException {
    String name = "d/".repeat(70) + "f";
    assertEquals(
        "p".repeat(150) + "/f",
        only(new RawTar()
                .entry("f", '0', 0644, "", NONE, h -> RawTar.text(h, 345, "p".repeat(150))))
            .shown());
    var gnu =
        only(
            new RawTar()
                .entry(
                    "././@LongLink", 'L', 0644, "", (name + "\0").getBytes(StandardCharsets.UTF_8))
                .entry(
                    "././@LongLink", 'K', 0644, "", (name + "x").getBytes(StandardCharsets.UTF_8))
                .symbolicLink("cut", "cut"));
    assertEquals(name, gnu.shown());
    assertEquals(name + "x", gnu.shownLink());
  }

  @Test
  void large_and_negative_numbers_are_binary() throws IOException {
    var entry =
        only(
            new RawTar()
                .entry(
                    "f",
                    '5',
                    0755,
                    "",
                    NONE,
                    h -> {
                      binary(h, 108, 8, 0xffff_fffeL);
                      binary(h, 116, 8, -2);
                      binary(h, 136, 12, -5);
                    }));
    assertEquals(-2, entry.uid());
    assertEquals(-2, entry.gid());
    assertEquals(Instant.ofEpochSecond(-5), entry.modified());
  }

  private static void binary(byte[] header, int at, int length, long value) {
    for (int i = 0; i < length; i++) {
      int shift = 8 * (length - 1 - i);
      header[at + i] = (byte) (value >> Math.min(63, shift));
    }
    header[at] |= (byte) 0x80;
  }

  @ParameterizedTest
  @ValueSource(strings = {"old", "long", "0.0", "0.1", "1.0"})
  void files_with_holes_come_in_four_formats(String format) throws IOException {
    var tar = new RawTar();
    byte[] data = "AAAAABB".getBytes(StandardCharsets.US_ASCII);
    String[] common = {"GNU.sparse.major", format.substring(0, 1), "GNU.sparse.minor", "0"};
    switch (format) {
      case "old" -> tar.entry("s", 'S', 0644, "", data, h -> oldSparse(h, 0));
      case "long" ->
          tar.raw(continued(header -> oldSparse(header, 1)))
              .raw(block(b -> line(b, 0, 9000, 0)))
              .raw(Arrays.copyOf(data, 512));
      case "0.0" ->
          tar.pax(
                  "GNU.sparse.size",
                  "9000",
                  "GNU.sparse.numblocks",
                  "2",
                  "GNU.sparse.offset",
                  "1000",
                  "GNU.sparse.numbytes",
                  "5",
                  "GNU.sparse.offset",
                  "5000",
                  "GNU.sparse.numbytes",
                  "2")
              .file("s", data);
      case "0.1" ->
          tar.pax(
                  "GNU.sparse.size",
                  "9000",
                  "GNU.sparse.map",
                  "1000,5,5000,2",
                  "GNU.sparse.name",
                  "s")
              .file("GNUSparseFile.0/s", data);
      default -> {
        byte[] body =
            Arrays.copyOf("2\n1000\n5\n5000\n2\n".getBytes(StandardCharsets.US_ASCII), 519);
        System.arraycopy(data, 0, body, 512, 7);
        tar.pax(
                common[0],
                common[1],
                common[2],
                common[3],
                "GNU.sparse.name",
                "s",
                "GNU.sparse.realsize",
                "9000")
            .file("GNUSparseFile.0/s", body);
      }
    }
    var reader = new TarReader(new ByteArrayInputStream(tar.file("after", NONE).bytes()));
    var entry = Objects.requireNonNull(reader.next());
    assertEquals("s", entry.shown());
    assertEquals(9000, entry.size());
    var sink = new Written();
    reader.content(entry, sink);
    assertEquals(List.of("@1000", "AAAAA", "@5000", "BB", "@9000"), sink.steps);
    assertEquals("after", Objects.requireNonNull(reader.next()).shown());
    assertNull(reader.next());
  }

  private static byte[] continued(Consumer<byte[]> edit) {
    byte[] whole = new RawTar().entry("s", 'S', 0644, "", new byte[7], edit).bytes();
    return Arrays.copyOf(whole, 512);
  }

  private static byte[] block(Consumer<byte[]> edit) {
    byte[] block = new byte[512];
    edit.accept(block);
    return block;
  }

  private static void oldSparse(byte[] header, int more) {
    RawTar.text(header, 257, "ustar  \0");
    line(header, 386, 1000, 5);
    line(header, 410, 5000, 2);
    header[482] = (byte) more;
    RawTar.text(header, 483, "%011o".formatted(9000));
  }

  private static void line(byte[] block, int at, int offset, int length) {
    RawTar.text(block, at, "%011o".formatted(offset));
    RawTar.text(block, at + 12, "%011o".formatted(length));
  }

  private static final class Written implements TarReader.Sink {
    private final List<String> steps = new ArrayList<>();

    @Override
    public void write(byte[] bytes, int offset, int length) {
      steps.add(new String(bytes, offset, length, StandardCharsets.US_ASCII));
    }

    @Override
    public void seek(long offset) {
      steps.add("@" + offset);
    }
  }

  @Test
  void kinds_are_told_by_type_and_old_directories_by_their_slash() throws IOException {
    assertEquals(Kind.DIRECTORY, only(new RawTar().entry("d/", '\0', 0755, "", NONE)).kind());
    assertEquals(Kind.FILE, only(new RawTar().entry("f", '\0', 0644, "", NONE)).kind());
    assertEquals(Kind.FILE, only(new RawTar().entry("f", '7', 0644, "", NONE)).kind());
    assertEquals(Kind.PIPE, only(new RawTar().entry("p", '6', 0644, "", NONE)).kind());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sum",
        "octal",
        "negative",
        "huge",
        "kind",
        "pax",
        "paxsize",
        "map",
        "lone",
        "cut"
      })
  void what_does_not_fit_together_is_broken(String kind) {
    var tar = new RawTar();
    byte[] bytes =
        switch (kind) {
          case "sum" -> {
            byte[] file = tar.file("f", NONE).bytes();
            file[0]++;
            yield file;
          }
          case "octal" ->
              tar.entry("f", '0', 0644, "", NONE, h -> RawTar.text(h, 124, "12x")).bytes();
          case "negative" ->
              tar.entry("f", '0', 0644, "", NONE, h -> binary(h, 124, 12, -1)).bytes();
          case "huge" ->
              tar.entry("f", '0', 0644, "", NONE, h -> binary(h, 124, 12, Long.MAX_VALUE)).bytes();
          case "kind" -> tar.entry("f", 'M', 0644, "", NONE).bytes();
          case "pax" ->
              tar.entry("p", 'x', 0644, "", "99 a=b\n".getBytes(StandardCharsets.US_ASCII)).bytes();
          case "paxsize" -> tar.entry("p", 'x', 0644, "", new byte[(1 << 20) + 1]).bytes();
          case "map" ->
              tar.pax("GNU.sparse.map", "5,5,1,1", "GNU.sparse.size", "99")
                  .file("f", new byte[6])
                  .bytes();
          case "lone" -> tar.raw(new byte[512]).file("f", NONE).bytes();
          default -> Arrays.copyOf(tar.file("f", new byte[5000]).bytes(), 1500);
        };
    assertThrows(IOException.class, () -> all(bytes));
  }

  @Test
  void an_archive_may_end_without_its_two_blocks() throws IOException {
    byte[] whole = new RawTar().file("f", new byte[3]).bytes();
    assertEquals(1, all(Arrays.copyOf(whole, 1024)).size());
    assertEquals(0, all(NONE).size());
  }

  /** In the words of Docker. */
  @Test
  void a_piece_of_a_block_is_no_archive_and_neither_is_garbage() {
    for (int length : new int[] {1, 511, 512 + 1}) {
      var cut = assertThrows(IOException.class, () -> all(new byte[length]));
      assertEquals("unexpected EOF", cut.getMessage());
    }
    byte[] garbage = "garbage".repeat(200).getBytes(StandardCharsets.US_ASCII);
    var wrong = assertThrows(IOException.class, () -> all(garbage));
    assertTrue(
        String.valueOf(wrong.getMessage()).startsWith("archive/tar: invalid tar header"),
        wrong::toString);
  }

  private static TarEntry only(RawTar tar) throws IOException {
    var all = all(tar.bytes());
    assertEquals(1, all.size());
    return all.getFirst();
  }

  private static List<TarEntry> all(byte[] tar) throws IOException {
    var reader = new TarReader(new ByteArrayInputStream(tar));
    var entries = new ArrayList<TarEntry>();
    for (var entry = reader.next(); entry != null; entry = reader.next()) {
      entries.add(entry);
      reader.content().transferTo(new ByteArrayOutputStream());
    }
    return entries;
  }
}
