import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/**
 * Measures a network from inside: bytes per second and round trips over one TCP connection, and
 * questions to a name server.
 */
final class Wire {
  private static final int PIECE = 256 * 1024;
  private static final int IN_FLIGHT = 32;

  private Wire() {}

  /** {@code serve PORT}, {@code flow|trips HOST PORT MILLIS}, {@code names SERVER NAME MILLIS}. */
  public static void main(String[] args) throws IOException {
    switch (args[0]) {
      case "serve" -> serve(Integer.parseInt(args[1]));
      case "flow" -> flow(args[1], Integer.parseInt(args[2]), Long.parseLong(args[3]));
      case "trips" -> trips(args[1], Integer.parseInt(args[2]), Long.parseLong(args[3]));
      case "names" -> names(args[1], args[2], Long.parseLong(args[3]));
      default -> throw new IllegalArgumentException(args[0]);
    }
  }

  private static void serve(int port) throws IOException {
    try (var server = new ServerSocket(port)) {
      while (true) {
        Socket client = server.accept();
        Thread.ofPlatform().daemon().start(() -> serve(client));
      }
    }
  }

  /** The first byte says what is wanted: t, every byte back; f, one byte when all has come. */
  private static void serve(Socket client) {
    try (client) {
      client.setTcpNoDelay(true);
      var in = client.getInputStream();
      var out = client.getOutputStream();
      boolean echo = in.read() == 't';
      byte[] piece = new byte[PIECE];
      for (int read = in.read(piece); read > 0; read = in.read(piece)) {
        if (echo) {
          out.write(piece, 0, read);
        }
      }
      out.write('.');
    } catch (IOException e) {
      System.err.println("a client went away: " + e);
    }
  }

  private static Socket connect(String host, int port, char wish) throws IOException {
    var socket = new Socket();
    socket.connect(new InetSocketAddress(host, port), 5_000);
    socket.setTcpNoDelay(true);
    socket.getOutputStream().write(wish);
    return socket;
  }

  private static void flow(String host, int port, long millis) throws IOException {
    flowed(host, port, millis / 4);
    System.out.printf(Locale.ROOT, "%.1f%n", flowed(host, port, millis));
  }

  /** MB per second. */
  private static double flowed(String host, int port, long millis) throws IOException {
    try (Socket socket = connect(host, port, 'f')) {
      OutputStream out = socket.getOutputStream();
      byte[] piece = new byte[PIECE];
      long begin = System.nanoTime();
      long sent = 0;
      while (System.nanoTime() - begin < millis * 1_000_000) {
        out.write(piece);
        sent += piece.length;
      }
      socket.shutdownOutput();
      new DataInputStream(socket.getInputStream()).readByte();
      return sent * 1e3 / (System.nanoTime() - begin);
    }
  }

  /** The middle round trip of one byte, in microseconds. */
  private static void trips(String host, int port, long millis) throws IOException {
    long[] took = new long[1 << 20];
    int count = 0;
    try (Socket socket = connect(host, port, 't')) {
      InputStream in = socket.getInputStream();
      OutputStream out = socket.getOutputStream();
      long end = System.nanoTime() + millis * 1_000_000;
      while (System.nanoTime() < end && count < took.length) {
        long begin = System.nanoTime();
        out.write(1);
        in.read();
        took[count++] = System.nanoTime() - begin;
      }
    }
    System.out.printf(Locale.ROOT, "%.1f%n", middle(took, count));
  }

  /** The middle answer of one at a time, in microseconds, and answers per second of 32 at once. */
  private static void names(String server, String name, long millis) throws IOException {
    try (var socket = new DatagramSocket()) {
      socket.connect(InetAddress.getByName(server), 53);
      socket.setSoTimeout(5_000);
      var answer = new DatagramPacket(new byte[1500], 1500);
      long[] took = new long[1 << 20];
      int count = 0;
      long end = System.nanoTime() + millis * 1_000_000;
      while (System.nanoTime() < end && count < took.length) {
        long begin = System.nanoTime();
        ask(socket, name, count);
        socket.receive(answer);
        took[count++] = System.nanoTime() - begin;
      }
      if (answer.getData()[7] == 0) {
        throw new IOException(name + " has no address");
      }
      System.out.printf(Locale.ROOT, "%.1f %.0f%n", middle(took, count), rate(socket, name, millis));
    }
  }

  private static double rate(DatagramSocket socket, String name, long millis) throws IOException {
    var answer = new DatagramPacket(new byte[1500], 1500);
    long begin = System.nanoTime();
    for (int i = 0; i < IN_FLIGHT; i++) {
      ask(socket, name, i);
    }
    int count = 0;
    while (System.nanoTime() - begin < millis * 1_000_000) {
      socket.receive(answer);
      ask(socket, name, count++);
    }
    return count * 1e9 / (System.nanoTime() - begin);
  }

  private static void ask(DatagramSocket socket, String name, int number) throws IOException {
    byte[] label = name.getBytes(StandardCharsets.US_ASCII);
    byte[] query = new byte[12 + label.length + 6];
    query[0] = (byte) (number >> 8);
    query[1] = (byte) number;
    query[2] = 1;
    query[5] = 1;
    query[12] = (byte) label.length;
    System.arraycopy(label, 0, query, 13, label.length);
    query[query.length - 3] = 1;
    query[query.length - 1] = 1;
    socket.send(new DatagramPacket(query, query.length));
  }

  private static double middle(long[] took, int count) {
    // what comes before is the warming up
    long[] warm = Arrays.copyOfRange(took, count / 2, count);
    Arrays.sort(warm);
    return warm[warm.length / 2] / 1e3;
  }
}
