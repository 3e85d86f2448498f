/**
 * Other nodes' requests into this engine, and the engine's protocol spoken to another node. A
 * request travels as one message, its answer in parts that fit a frame.
 */
@org.jspecify.annotations.NullMarked
package argosy.cluster.gateway;
