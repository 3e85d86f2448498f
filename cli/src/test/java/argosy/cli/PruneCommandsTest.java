package argosy.cli;

import static argosy.cli.CommandLine.answering;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import argosy.cli.client.ScriptedDaemon;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What takes space on the disk, and how it is given back. */
class PruneCommandsTest {
  private static final String FREE = "\"SpaceReclaimed\":1000";
  private final CommandLine shell = new CommandLine();

  @Test
  void containers_are_pruned() throws IOException {
    try (var daemon = answering(200, "{\"ContainersDeleted\":[\"c1\",\"c2\"]," + FREE + "}")) {
      assertEquals(0, shell.typing("n\n").argosy(daemon, "container", "prune"));
      assertEquals(
          "WARNING! This will remove all stopped containers.\n"
              + "Are you sure you want to continue? [y/N] ",
          shell.out());
      assertEquals(List.of(), daemon.requests());
      assertEquals(0, shell.argosy(daemon, "container", "prune", "-f", "--filter", "until=1h"));
      assertEquals("Deleted Containers:\nc1\nc2\n\nTotal reclaimed space: 1kB\n", shell.out());
      assertEquals(
          List.of("POST /containers/prune?filters=%7B%22until%22%3A%5B%221h%22%5D%7D"),
          daemon.requests());
    }
  }

  @Test
  void images_are_pruned() throws IOException {
    String answer =
        "{\"ImagesDeleted\":[{\"Untagged\":\"a:1\"},{\"Deleted\":\"sha256:1\"}]," + FREE + "}";
    try (var daemon = answering(200, answer)) {
      assertEquals(0, shell.argosy(daemon, "image", "prune", "--force"));
      assertEquals(
          "Deleted Images:\nuntagged: a:1\ndeleted: sha256:1\n\nTotal reclaimed space: 1kB\n",
          shell.out());
      assertEquals(0, shell.typing("Y").argosy(daemon, "image", "prune", "-a"));
      assertTrue(shell.out().startsWith("WARNING! This will remove all unused images."));
      assertEquals(
          List.of(
              "POST /images/prune",
              "POST /images/prune?filters=%7B%22dangling%22%3A%5B%22false%22%5D%7D"),
          daemon.requests());
    }
  }

  @Test
  void networks_are_pruned_and_give_no_space() throws IOException {
    try (var daemon = answering(200, "{\"NetworksDeleted\":[\"n\"]}")) {
      assertEquals(0, shell.argosy(daemon, "network", "prune", "-f"));
      assertEquals("Deleted Networks:\nn\n\n", shell.out());
      assertEquals(List.of("POST /networks/prune"), daemon.requests());
    }
    try (var daemon = answering(200, "{\"NetworksDeleted\":null}")) {
      assertEquals(0, shell.argosy(daemon, "network", "prune", "-f"));
      assertEquals("", shell.out());
    }
    try (var daemon = answering(409, "{\"message\":\"a prune operation is already running\"}")) {
      assertEquals(1, shell.argosy(daemon, "network", "prune", "-f"));
      assertEquals("argosy: a prune operation is already running\n", shell.err());
    }
  }

  /** Each kind gives the same, so that the sum tells how many were asked. */
  private static ScriptedDaemon everything() throws IOException {
    return answering(
        200,
        "{\"ContainersDeleted\":[\"c\"],\"NetworksDeleted\":[\"n\"],\"VolumesDeleted\":[\"v\"],"
            + "\"ImagesDeleted\":[{\"Deleted\":\"i\"}],"
            + FREE
            + "}");
  }

  @Test
  void the_system_is_pruned_kind_by_kind() throws IOException {
    try (var daemon = everything()) {
      assertEquals(0, shell.typing("y\n").argosy(daemon, "system", "prune"));
      assertEquals(
          "WARNING! This will remove stopped containers, networks without containers, "
              + "dangling images and the build cache.\n"
              + "Are you sure you want to continue? [y/N] "
              + "Deleted Containers:\nc\n\nDeleted Networks:\nn\n\nDeleted Images:\ndeleted: i\n\n"
              + "Total reclaimed space: 4kB\n",
          shell.out());
      assertEquals(
          List.of(
              "POST /containers/prune",
              "POST /networks/prune",
              "POST /images/prune",
              "POST /build/prune"),
          daemon.requests());
    }
    try (var daemon = everything()) {
      assertEquals(0, shell.typing("").argosy(daemon, "system", "prune"));
      assertEquals(List.of(), daemon.requests());
    }
  }

  @Test
  void a_filter_holds_for_every_kind() throws IOException {
    String old = "?filters=%7B%22until%22%3A%5B%221h%22%5D%7D";
    try (var daemon = everything()) {
      assertEquals(0, shell.argosy(daemon, "system", "prune", "-f", "--filter", "until=1h"));
      assertEquals(
          List.of(
              "POST /containers/prune" + old,
              "POST /networks/prune" + old,
              "POST /images/prune" + old,
              "POST /build/prune" + old),
          daemon.requests());
    }
  }

  @Test
  void all_and_volumes_go_further() throws IOException {
    try (var daemon = everything()) {
      assertEquals(0, shell.argosy(daemon, "system", "prune", "-a", "-f", "--volumes"));
      assertTrue(shell.out().endsWith("Total reclaimed space: 5kB\n"));
      assertEquals(
          List.of(
              "POST /containers/prune",
              "POST /networks/prune",
              "POST /volumes/prune",
              "POST /images/prune?filters=%7B%22dangling%22%3A%5B%22false%22%5D%7D",
              "POST /build/prune?all=1"),
          daemon.requests());
    }
  }

  /** Volumes have no age; found out half-way, the other kinds would be gone by then. */
  @Test
  void an_age_and_volumes_are_refused_before_anything_is_gone() throws IOException {
    try (var daemon = everything()) {
      assertEquals(
          1, shell.argosy(daemon, "system", "prune", "-f", "--volumes", "--filter", "until=1h"));
      assertEquals(
          "argosy: the \"until\" filter is not supported with \"--volumes\"\n", shell.err());
      assertEquals(List.of(), daemon.requests());
    }
  }

  @Test
  void df_sums_each_kind_up() throws IOException {
    String usage =
        "{\"LayersSize\":4000,\"Images\":[{\"Containers\":1,\"Size\":3000,\"SharedSize\":0},"
            + "{\"Containers\":0,\"Size\":1000,\"SharedSize\":-1}],"
            + "\"Containers\":[{\"Id\":\"0123456789abcdef\",\"Names\":[\"/web\"],\"Image\":\"a\",\"State\":\"running\","
            + "\"Status\":\"Up\",\"SizeRw\":30},{\"Id\":\"2\",\"Names\":[],\"Image\":\"a\",\"State\":\"exited\",\"Status\":\"Exited\",\"SizeRw\":10}],"
            + "\"Volumes\":[{\"Name\":\"v\",\"UsageData\":{\"RefCount\":0,\"Size\":50}}],\"BuildCache\":null}";
    try (var daemon = answering(200, usage)) {
      assertEquals(0, shell.argosy(daemon, "system", "df", "-v"));
      assertEquals(
          """
          TYPE            TOTAL     ACTIVE    SIZE      RECLAIMABLE
          Images          2         1         4kB       1kB (25%)
          Containers      2         1         40B       10B (25%)
          Local Volumes   1         0         50B       50B (100%)
          Build Cache     0         0         0B        0B

          Containers:
          CONTAINER ID   IMAGE     SIZE      STATUS    NAMES
          0123456789ab   a         30B       Up        web
          2              a         10B       Exited   \s

          Volumes:
          VOLUME NAME   LINKS     SIZE
          v             0         50B
          """,
          shell.out());
      assertEquals(0, shell.argosy(daemon, "system", "df", "--format", "{{.Type}} {{.Size}}"));
      assertEquals("Images 4kB\nContainers 40B\nLocal Volumes 50B\nBuild Cache 0B\n", shell.out());
      assertEquals(List.of("GET /system/df", "GET /system/df"), daemon.requests());
    }
    try (var daemon = answering(500, "{\"message\":\"a disk usage operation is running\"}")) {
      assertEquals(1, shell.argosy(daemon, "system", "df"));
      assertEquals("argosy: a disk usage operation is running\n", shell.err());
    }
  }
}
