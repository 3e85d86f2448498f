package argosy.engine.container;

import argosy.engine.container.ContainerRequest.ExecSpec;
import argosy.engine.disk.Json;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An exec's spec as it lies beside its process, for a daemon that comes later. */
final class ExecNote {
  private static final Logger LOG = LoggerFactory.getLogger(ExecNote.class);

  private ExecNote() {}

  static String write(ExecSpec spec) {
    try {
      return Json.mapper().writeValueAsString(spec);
    } catch (JsonProcessingException broken) {
      throw new IllegalStateException(broken); // a record of texts can always be written
    }
  }

  /** Empty when it can not be read; the log says why. */
  static Optional<ExecSpec> read(String exec, String note) {
    try {
      return Optional.of(Json.mapper().readValue(note, ExecSpec.class));
    } catch (JsonProcessingException broken) {
      LOG.warn("exec {} is not adopted: its note can not be read: {}", exec, broken.getMessage());
      return Optional.empty();
    }
  }
}
