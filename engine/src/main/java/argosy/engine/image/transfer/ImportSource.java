package argosy.engine.image.transfer;

import argosy.engine.failure.Failure;
import argosy.engine.failure.Refused;
import argosy.engine.image.ImageStreams.Progress;
import argosy.engine.registry.WebFile;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.function.Consumer;

/** Where the archive of an import comes from. */
public sealed interface ImportSource {

  /** Its bytes; whoever reads them closes them. */
  InputStream open(Shelves shelves, Consumer<Progress> report);

  /** What a history without a message says. */
  String shown();

  /** What the request carried. */
  record Upload(InputStream in) implements ImportSource {
    @Override
    public InputStream open(Shelves shelves, Consumer<Progress> report) {
      return in;
    }

    @Override
    public String shown() {
      return "-";
    }
  }

  /** What a web server has; {@code given}: as the user wrote it, a scheme may be missing. */
  record Web(String given) implements ImportSource {
    @Override
    public InputStream open(Shelves shelves, Consumer<Progress> report) {
      URI uri = uri();
      WebFile file = shelves.registries().file(uri);
      report.accept(Progress.status("Downloading from " + uri));
      return new Download(file, report);
    }

    /** Refused when it is none. */
    public URI uri() {
      String lower = given.toLowerCase(java.util.Locale.ROOT);
      try {
        return URI.create(lower.matches("[a-z][a-z0-9+.-]*://.*") ? given : "http://" + given);
      } catch (IllegalArgumentException e) {
        throw new Refused(new Failure.Invalid("parse \"" + given + "\": invalid URL"), e);
      }
    }

    @Override
    public String shown() {
      return given;
    }
  }

  /** Tells how much of it has come. */
  final class Download extends FilterInputStream {
    private final WebFile file;
    private final Pace pace;
    private long count;

    private Download(WebFile file, Consumer<Progress> report) {
      super(file.body());
      this.file = file;
      this.pace =
          new Pace(read -> report.accept(Progress.growing("Importing", read, file.length())));
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int read = in.read(bytes, offset, length);
      if (read > 0) {
        count += read;
        pace.accept(count);
      }
      return read;
    }

    @Override
    public void close() throws IOException {
      super.close();
      file.close();
    }
  }
}
