package argosy.engine.dockerfile;

import java.util.List;

/**
 * One instruction as written, its continuation lines joined.
 *
 * @param number of its first line in the file, from 1
 * @param heredocs what follows it, in the order in which the line names them
 */
record LogicalLine(int number, String text, List<Heredoc> heredocs) {
  LogicalLine {
    heredocs = List.copyOf(heredocs);
  }
}
