package argosy.engine.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import argosy.engine.runtime.ContainerRuntime.Bundle;
import argosy.engine.runtime.ContainerRuntime.ExecPlan;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class MonitorCommandTest {
  private static final MonitorCommand COMMAND =
      new MonitorCommand(
          Path.of("/usr/bin/conmon"), Path.of("/usr/sbin/runc"), Path.of("/run/x/runtimes/runc"));

  @Test
  void stdin_stays_open_unless_its_first_client_closes_it() {
    assertEquals(List.of(), streams(false, false, false));
    assertEquals(List.of("-i"), streams(false, true, true));
    assertEquals(List.of("-i", "--leave-stdin-open"), streams(false, true, false));
    assertEquals(List.of("-t"), streams(true, true, true));
  }

  @Test
  void an_exec_writes_its_code_where_no_container_s_is() {
    List<String> words =
        COMMAND.exec(
            new ExecPlan("abc", "e1", new byte[0], false, true, 0, 0, ""), Path.of("/b"), true);
    assertTrue(words.contains("--exit-dir=/b"));
    assertTrue(words.containsAll(List.of("-e", "--exec-attach", "-i")));
  }

  private static List<String> streams(boolean tty, boolean stdin, boolean once) {
    var bundle = new Bundle("abc", new byte[0], Path.of("/log"), tty, stdin, once, null);
    return COMMAND.create(bundle, Path.of("/b"), Path.of("/exits")).stream()
        .filter(word -> List.of("-i", "-t", "--leave-stdin-open").contains(word))
        .toList();
  }
}
