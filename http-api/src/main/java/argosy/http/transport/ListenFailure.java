package argosy.http.transport;

import java.io.IOException;
import java.net.BindException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;

/** A listener that could not be opened; the message is a sentence for the operator. */
public final class ListenFailure extends RuntimeException {
  ListenFailure(ListenAddress address, String reason, IOException cause) {
    super("can not listen on %s: %s".formatted(address, reason), cause);
  }

  static String reason(IOException e) {
    return switch (e) {
      case NoSuchFileException missing -> "there is no " + missing.getFile();
      case AccessDeniedException denied -> "no permission to write " + denied.getFile();
      case BindException bind when text(bind).contains("already in use") ->
          "another program listens there";
      default -> text(e);
    };
  }

  private static String text(IOException e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }
}
