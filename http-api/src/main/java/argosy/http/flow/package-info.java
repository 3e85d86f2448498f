/** What flows in an answer: multiplexed frames, log lines, progress and event lines. */
@org.jspecify.annotations.NullMarked
package argosy.http.flow;
