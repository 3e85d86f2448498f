package argosy.engine.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import argosy.engine.failure.Failure;
import org.junit.jupiter.api.Test;

class RuntimeSentenceTest {
  @Test
  void the_last_error_of_the_log_counts() {
    String log =
        """
        {"level":"warning","msg":"hm","time":"t"}
        {"level":"error","msg":"runc create failed: no","time":"t"}
        """;
    assertEquals("runc create failed: no", RuntimeSentence.lastError(log));
    assertEquals("", RuntimeSentence.lastError(""));
    assertEquals("panic", RuntimeSentence.lastError("panic"));
  }

  @Test
  void crun_is_made_to_speak_as_runc_does() {
    assertEquals(
        new Failure.Invalid(
            "runc create failed: unable to start container process: exec: \"/nope\": stat /nope:"
                + " no such file or directory"),
        RuntimeSentence.create(
            "/nope", "executable file `/nope` not found: No such file or directory"));
    assertEquals(
        new Failure.Invalid(
            "exec failed: unable to start container process: exec: \"nope\": executable file not"
                + " found in $PATH"),
        RuntimeSentence.exec(
            "nope", "executable file `nope` not found in $PATH: No such file or directory"));
    assertEquals(
        new Failure.Invalid(
            "runc create failed: unable to start container process: exec: \"/etc\": permission"
                + " denied"),
        RuntimeSentence.create("/etc", "open executable: Permission denied"));
    assertEquals(
        RuntimeSentence.create("/etc", "open executable: Permission denied"),
        RuntimeSentence.create("/etc", "open executable: Operation not permitted"));
  }

  @Test
  void the_exit_code_follows_from_the_sentence() {
    assertEquals(127, RuntimeSentence.exitCode("exec: \"x\": executable file not found in $PATH"));
    assertEquals(126, RuntimeSentence.exitCode("exec: \"/x\": permission denied"));
    assertEquals(128, RuntimeSentence.exitCode("no space left on device"));
    assertInstanceOf(Failure.Internal.class, RuntimeSentence.create("x", "no space left"));
  }
}
