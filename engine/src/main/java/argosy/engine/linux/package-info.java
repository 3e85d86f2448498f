/** The system calls, one small class for each family; nothing of ours above it. */
@org.jspecify.annotations.NullMarked
package argosy.engine.linux;
