package argosy.cli.output;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;

/** Where a tar goes: to a file, there when it is whole, or to stdout, if that is no terminal. */
public final class TarOutput {
  private final OutputStream out;
  private final String file;

  /**
   * @param file "" is stdout
   * @param terminal whether stdout is one
   * @throws IOException when a person would get the bytes
   */
  public TarOutput(String file, OutputStream out, boolean terminal) throws IOException {
    if (file.isEmpty() && terminal) {
      throw new IOException("cowardly refusing to write a tar to a terminal: use -o or redirect");
    }
    this.out = out;
    this.file = file;
  }

  /** Takes all of it. */
  public void take(InputStream tar) throws IOException {
    if (file.isEmpty()) {
      tar.transferTo(out);
      out.flush();
    } else {
      WholeFile.write(tar, Path.of(file));
    }
  }
}
