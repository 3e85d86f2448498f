package argosy.engine.linux;

import static argosy.engine.linux.Libc.check;

/** Processes by descriptor: a pid can be given to another process, a descriptor can not. */
public final class PidFd {
  private static final int WNOHANG = 1;

  private PidFd() {}

  /**
   * Opens a process, which need not be a child. The descriptor becomes readable when it ends.
   *
   * @throws SystemCallFailed ESRCH when there is none
   */
  public static int open(int pid) {
    return (int) check("pidfd_open", Libc.syscall(Libc.SYS_PIDFD_OPEN, pid, 0, 0, 0, 0, 0));
  }

  /** Sends a signal; 0 only asks whether it could. */
  public static void signal(int pidfd, int signal) {
    check("pidfd_send_signal", Libc.syscall(Libc.SYS_PIDFD_SEND_SIGNAL, pidfd, signal, 0, 0, 0, 0));
  }

  /**
   * Takes away a child that has ended.
   *
   * @return its exit code, 128 + signal when one ended it, -1 while it runs
   */
  public static int reap(int pid) {
    int[] status = new int[1];
    int reaped = check("waitpid", Libc.waitpid(pid, status, WNOHANG));
    if (reaped == 0) {
      return -1;
    }
    int signal = status[0] & 0x7f;
    return signal == 0 ? status[0] >> 8 & 0xff : 128 + signal;
  }
}
