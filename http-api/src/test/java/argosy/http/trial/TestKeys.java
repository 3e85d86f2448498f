package argosy.http.trial;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Keys and certificates that openssl makes for one test, all signed by one authority. */
record TestKeys(Path directory) {

  /** With the authority in {@code ca.crt} and {@code ca.key}. */
  static TestKeys in(Path directory) {
    try {
      var keys = new TestKeys(Files.createDirectories(directory));
      keys.openssl(
          "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=trial-ca"
              + " -keyout ca.key -out ca.crt");
      return keys;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Makes {@code NAME.key} (PKCS#8, RSA) and {@code NAME.crt} for an address. */
  void sign(String name, String address) {
    openssl(
        "req -newkey rsa:2048 -nodes -subj /CN=%1$s -keyout %1$s.key -out %1$s.csr"
            .formatted(name));
    try {
      Files.writeString(path(name + ".ext"), "subjectAltName=IP:" + address + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    openssl(
        "x509 -req -in %1$s.csr -CA ca.crt -CAkey ca.key -CAcreateserial -days 2 -extfile %1$s.ext -out %1$s.crt"
            .formatted(name));
  }

  Path path(String name) {
    return directory.resolve(name);
  }

  void openssl(String arguments) {
    Shell.run(List.of("bash", "-c", "cd \"$0\" && exec openssl " + arguments, directory.toString()))
        .ok();
  }
}
