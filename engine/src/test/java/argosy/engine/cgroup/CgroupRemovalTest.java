package argosy.engine.cgroup;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CgroupRemovalTest {
  @Test
  void a_group_goes_from_every_hierarchy_with_what_is_in_it(@TempDir Path root) throws Exception {
    Path cpu = root.resolve("cpu");
    Path memory = root.resolve("memory");
    Files.createDirectories(cpu.resolve("argosy/a/inner/most"));
    Files.createDirectories(memory.resolve("argosy/b"));
    assertTrue(CgroupRemoval.remove(List.of(cpu, memory), "/argosy/a"));
    assertFalse(Files.exists(cpu.resolve("argosy/a")));
    assertTrue(Files.exists(memory.resolve("argosy/b")));
  }

  @Test
  void a_directory_without_control_groups_goes_with_its_files(@TempDir Path root) throws Exception {
    Path unified = Files.createDirectories(root.resolve("unified"));
    Files.createDirectories(unified.resolve("argosy/a"));
    Files.createFile(unified.resolve("argosy/a/cgroup.procs"));
    assertTrue(CgroupRemoval.remove(List.of(unified), "/argosy/a"));
    assertFalse(Files.exists(unified.resolve("argosy/a")));
  }

  @Test
  void a_group_in_use_and_a_path_that_leads_out_stay(@TempDir Path root) throws Exception {
    Path cpu = Files.createDirectories(root.resolve("cpu"));
    Files.createDirectories(cpu.resolve("a"));
    Files.createFile(cpu.resolve("a/task"));
    Files.createDirectories(root.resolve("outside"));
    assertFalse(CgroupRemoval.remove(List.of(cpu), "/a"));
    assertFalse(CgroupRemoval.remove(List.of(cpu), "/../outside"));
    assertFalse(CgroupRemoval.remove(List.of(cpu), "/"));
    assertTrue(Files.exists(root.resolve("outside")));
  }
}
