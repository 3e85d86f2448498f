package argosy.http.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import ch.qos.logback.core.spi.ContextAwareBase;
import java.util.List;
import org.slf4j.LoggerFactory;

/**
 * What config/logback.xml says, in code: reading the XML costs half of the daemon's start. Steps
 * back when a configuration file is named or a test brings its own.
 */
public final class PlainLog extends ContextAwareBase implements Configurator {
  /**
   * These warn of each connection to a node that is gone; that it is gone is said once elsewhere.
   */
  private static final List<String> CONNECTIONS =
      List.of(
          "org.apache.pekko.remote",
          "org.apache.pekko.stream.Materializer",
          "org.apache.pekko.stream.impl");

  /** Says everything the daemon can say about itself and about connections. */
  public static void debug() {
    logger("argosy").setLevel(Level.DEBUG);
    CONNECTIONS.forEach(name -> logger(name).setLevel(Level.WARN));
  }

  private static Logger logger(String name) {
    return (Logger) LoggerFactory.getLogger(name);
  }

  @Override
  public ExecutionStatus configure(LoggerContext context) {
    if (System.getProperty("logback.configurationFile") != null
        || PlainLog.class.getResource("/logback-test.xml") != null) {
      return ExecutionStatus.INVOKE_NEXT_IF_ANY;
    }
    var layout = new LogLine();
    layout.setContext(context);
    layout.start();
    var encoder = new LayoutWrappingEncoder<ILoggingEvent>();
    encoder.setContext(context);
    encoder.setLayout(layout);
    encoder.start();
    var appender = new ConsoleAppender<ILoggingEvent>();
    appender.setContext(context);
    appender.setTarget("System.err");
    appender.setEncoder(encoder);
    appender.start();
    var root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.setLevel(Level.WARN);
    root.addAppender(appender);
    context.getLogger("argosy").setLevel(Level.INFO);
    CONNECTIONS.forEach(name -> context.getLogger(name).setLevel(Level.ERROR));
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }
}
