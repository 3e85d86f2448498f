/**
 * What may cross hosts: the marked messages, and the codec for the engine's requests and answers.
 * Every record here has a round-trip test.
 */
@org.jspecify.annotations.NullMarked
package argosy.cluster.wire;
