package argosy.cli.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuildContextTest {
  private static final String LONG = "n".repeat(120);

  @TempDir Path top;

  @BeforeEach
  void files() throws IOException {
    Files.createDirectories(top.resolve("d/sub"));
    Files.writeString(top.resolve("Dockerfile"), "FROM a");
    Files.writeString(top.resolve("d/one"), "one");
    Files.writeString(top.resolve("d/sub/" + LONG), "two");
    Files.createSymbolicLink(top.resolve("link"), Path.of("d/one"));
  }

  private List<String> sent(String file) throws IOException {
    return entries(BuildContext.of(top.toString(), file, InputStream.nullInputStream()));
  }

  private static List<String> entries(BuildContext context) throws IOException {
    var out = new ByteArrayOutputStream();
    context.sending().to(out);
    var names = new ArrayList<String>();
    try (var tar = new TarArchiveInputStream(new ByteArrayInputStream(out.toByteArray()))) {
      for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        assertEquals(0, entry.getLongUserId());
        String content = new String(tar.readAllBytes(), StandardCharsets.UTF_8);
        names.add(
            entry.getName()
                + (entry.isSymbolicLink()
                    ? ">" + entry.getLinkName()
                    : content.isEmpty() ? "" : "=" + content));
      }
    }
    return names;
  }

  @Test
  void a_directory_is_sent_as_it_is() throws IOException {
    assertEquals(
        List.of(
            "Dockerfile=FROM a",
            "d/",
            "d/one=one",
            "d/sub/",
            "d/sub/" + LONG + "=two",
            "link>d/one"),
        sent(""));
  }

  @Test
  void what_is_ignored_stays_behind_but_for_what_the_daemon_reads() throws IOException {
    Files.writeString(top.resolve(".dockerignore"), "# no\n*\n!d/sub\n!link\n");
    assertEquals(
        List.of(
            ".dockerignore=# no\n*\n!d/sub\n!link\n",
            "Dockerfile=FROM a",
            "d/sub/",
            "d/sub/" + LONG + "=two",
            "link>d/one"),
        sent(""));
    Files.writeString(top.resolve("Dockerfile.dockerignore"), "d\n");
    assertTrue(sent("").contains("link>d/one"));
    assertTrue(sent("").stream().noneMatch(name -> name.startsWith("d/")));
  }

  @Test
  void a_dockerfile_may_lie_elsewhere(@TempDir Path other) throws IOException {
    Path file = Files.writeString(other.resolve("x"), "FROM b");
    var context =
        BuildContext.of(
            top.resolve("d").toString(), file.toString(), InputStream.nullInputStream());
    assertTrue(entries(context).contains(context.dockerfile() + "=FROM b"));
    assertEquals(
        "Dockerfile",
        BuildContext.of(top.toString(), top + "/Dockerfile", InputStream.nullInputStream())
            .dockerfile());
    assertThrows(IOException.class, () -> sent(top + "/nope"));
  }

  @Test
  void standard_input_is_a_dockerfile_or_a_tar() throws IOException {
    var text = new ByteArrayInputStream("FROM c".getBytes(StandardCharsets.UTF_8));
    assertEquals(List.of("Dockerfile=FROM c"), entries(BuildContext.of("-", "", text)));
    var tar = new ByteArrayOutputStream();
    BuildContext.of(top.toString(), "", InputStream.nullInputStream()).sending().to(tar);
    var packed = BuildContext.of("-", "", new ByteArrayInputStream(tar.toByteArray()));
    assertEquals(sent(""), entries(packed));
    var file = new ByteArrayInputStream("FROM d".getBytes(StandardCharsets.UTF_8));
    var piped = BuildContext.of(top.toString(), "-", file);
    assertTrue(entries(piped).contains(piped.dockerfile() + "=FROM d"));
  }

  @Test
  void a_url_is_the_daemons_to_fetch() throws IOException {
    var context = BuildContext.of("https://h/x.git#main:d", "", InputStream.nullInputStream());
    assertEquals("https://h/x.git#main:d", context.remote());
  }
}
