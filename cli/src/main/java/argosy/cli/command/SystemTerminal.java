package argosy.cli.command;

import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The terminal through stty on /dev/tty. Two short processes cost less than the libraries that do
 * the same with ioctl, and nothing at all when no TTY is asked for.
 */
final class SystemTerminal implements Terminal {
  private static final File TTY = new File("/dev/tty");

  @Override
  public boolean input() {
    return isTerminal(0);
  }

  @Override
  public boolean output() {
    return isTerminal(1);
  }

  @Override
  public boolean error() {
    return isTerminal(2);
  }

  private static boolean isTerminal(int descriptor) {
    try {
      String target = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor)).toString();
      return target.startsWith("/dev/pts/")
          || target.startsWith("/dev/tty")
          || target.equals("/dev/console");
    } catch (IOException closed) {
      return false;
    }
  }

  @Override
  public Size size() {
    try {
      String[] words = stty(List.of("size")).split(" ");
      return new Size(Integer.parseInt(words[0]), Integer.parseInt(words[1]));
    } catch (IOException | NumberFormatException | ArrayIndexOutOfBoundsException unknown) {
      return new Size(0, 0);
    }
  }

  @Override
  public Closeable raw() throws IOException {
    String before = stty(List.of("-g"));
    Thread atExit = new Thread(() -> restore(before));
    java.lang.Runtime.getRuntime().addShutdownHook(atExit);
    stty(List.of("raw", "-echo"));
    return () -> restore(before);
  }

  private static void restore(String state) {
    try {
      stty(List.of(state));
    } catch (IOException e) {
      System.err.println("argosy: the terminal could not be restored: " + e.getMessage());
    }
  }

  @Override
  public void onResize(Runnable change) {
    Signals.on("WINCH", change);
  }

  private static String stty(List<String> arguments) throws IOException {
    List<String> command = new java.util.ArrayList<>(List.of("stty"));
    command.addAll(arguments);
    Process stty = new ProcessBuilder(command).redirectInput(TTY).redirectErrorStream(true).start();
    String said = new String(stty.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    try {
      if (stty.waitFor() != 0) {
        throw new IOException(said);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while stty ran", e);
    }
    return said;
  }
}
