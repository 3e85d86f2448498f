/** A process's live streams: attached clients, their bounded buffers, detach keys. */
@org.jspecify.annotations.NullMarked
package argosy.engine.container.stream;
