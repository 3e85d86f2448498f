/** A container's life as pure rules: which moves are legal, when it is run again, signals. */
@org.jspecify.annotations.NullMarked
package argosy.engine.container.life;
