/** What happened, in the past tense: the host's journal and those who listen to it. */
@org.jspecify.annotations.NullMarked
package argosy.engine.event;
