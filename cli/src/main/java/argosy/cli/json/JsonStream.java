package argosy.cli.json;

import com.fasterxml.jackson.core.JsonParser;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * JSON values one after another, as events and progress come; blanks between them do not matter.
 */
public final class JsonStream implements Closeable {
  private final JsonParser parser;

  public JsonStream(InputStream stream) throws IOException {
    parser = Json.FACTORY.createParser(stream);
  }

  /** The next value, as soon as its last byte is there; null at the end of the stream. */
  public @Nullable Json next() throws IOException {
    return parser.nextToken() == null ? null : new Json(Json.read(parser));
  }

  @Override
  public void close() throws IOException {
    parser.close();
  }
}
