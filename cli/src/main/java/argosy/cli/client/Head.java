package argosy.cli.client;

import java.io.IOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Status and headers of an answer.
 *
 * @param headers by lower-case name; of a repeated header, the last
 */
record Head(int status, Map<String, String> headers) {

  static Head read(Connection connection) throws IOException {
    String line = connection.line();
    if (!line.startsWith("HTTP/1.") || line.length() < 12) {
      throw new IOException("the answer is not HTTP: is this the daemon's address?");
    }
    int status;
    try {
      status = Integer.parseInt(line.substring(9, 12));
    } catch (NumberFormatException e) {
      throw new IOException("the answer is not HTTP: is this the daemon's address?", e);
    }
    Map<String, String> headers = new HashMap<>();
    for (line = connection.line(); !line.isEmpty(); line = connection.line()) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        String name = line.substring(0, colon).toLowerCase(Locale.ROOT);
        headers.put(name, line.substring(colon + 1).strip());
      }
    }
    return new Head(status, headers);
  }

  String header(String lowerCaseName) {
    return headers.getOrDefault(lowerCaseName, "");
  }
}
