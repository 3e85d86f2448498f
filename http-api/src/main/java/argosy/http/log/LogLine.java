package argosy.http.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.LayoutBase;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/** One event as one line: time with zone, level, the logger's last word, message. */
final class LogLine extends LayoutBase<ILoggingEvent> {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSXXX").withZone(ZoneId.systemDefault());

  @Override
  public String doLayout(ILoggingEvent event) {
    var logger = event.getLoggerName();
    var line =
        new StringBuilder(TIME.format(event.getInstant()))
            .append(' ')
            .append("%-5s".formatted(event.getLevel()))
            .append(' ')
            .append(logger.substring(logger.lastIndexOf('.') + 1))
            .append(' ')
            .append(event.getFormattedMessage())
            .append('\n');
    if (event.getThrowableProxy() != null) {
      line.append(ThrowableProxyUtil.asString(event.getThrowableProxy())).append('\n');
    }
    return line.toString();
  }
}
