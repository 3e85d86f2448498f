package argosy.http;

import argosy.engine.EngineConfig;
import argosy.engine.LocalEngine;
import com.typesafe.config.Config;
import org.apache.pekko.actor.typed.ActorSystem;

/**
 * This host's engine, running.
 *
 * @param system what it and the HTTP streams run in
 * @param closing stops it
 */
record LocalHost(
    LocalEngine engine, ActorSystem<?> system, String id, String name, AutoCloseable closing)
    implements AutoCloseable {

  /** How an engine is started, from its own configuration and all of it. */
  @FunctionalInterface
  interface Start {
    LocalHost start(EngineConfig config, Config all);
  }

  @Override
  public void close() throws Exception {
    closing.close();
  }
}
