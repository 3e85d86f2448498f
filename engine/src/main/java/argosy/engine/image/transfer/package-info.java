/** How images come in and go out: pull, load, import, save. It blocks and knows no actor. */
@org.jspecify.annotations.NullMarked
package argosy.engine.image.transfer;
