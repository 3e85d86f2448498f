package argosy.cli.container;

import argosy.cli.client.Daemon;
import argosy.cli.client.Target;
import argosy.cli.command.Console;
import argosy.cli.command.Signals;
import argosy.cli.command.Terminal;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/** The user's side of a running process: raw keys, the window's size, signals. */
record Keyboard(Daemon daemon, Console console) {
  private static final List<String> FORWARDED = List.of("HUP", "INT", "TERM", "USR1", "USR2");

  /** Raw keys while a TTY is attached, nothing otherwise. */
  Closeable raw(boolean wanted) throws IOException {
    return wanted && console.terminal().input() ? console.terminal().raw() : () -> {};
  }

  /**
   * @throws IllegalArgumentException when a TTY is asked for and stdin is something else
   */
  void checkTty(boolean tty, boolean input) {
    if (tty && input && !console.terminal().input()) {
      throw new IllegalArgumentException("the input device is not a TTY");
    }
  }

  /** Keeps the process's window as large as the user's; kind is containers or exec. */
  void followSize(String kind, String id) {
    if (console.terminal().output()) {
      resize(kind, id);
      console.terminal().onResize(() -> resize(kind, id));
    }
  }

  private void resize(String kind, String id) {
    Terminal.Size size = console.terminal().size();
    if (size.lines() == 0) {
      return;
    }
    Target target =
        Target.of(kind, id, "resize")
            .with("h", String.valueOf(size.lines()))
            .with("w", String.valueOf(size.columns()));
    quietly(target);
  }

  /** Passes on the signals that would end this process. */
  void forwardSignals(String container) {
    for (String signal : FORWARDED) {
      Target target = Target.of("containers", container, "kill").with("signal", "SIG" + signal);
      Signals.on(signal, () -> quietly(target));
    }
  }

  /** A process that ended in between can be neither resized nor signalled: nobody misses it. */
  private void quietly(Target target) {
    try {
      daemon.post(target).close();
    } catch (IOException alreadyGone) {
      return;
    }
  }
}
