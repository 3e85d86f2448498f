/** Health checks as pure rules: when to probe, and what the results mean. */
@org.jspecify.annotations.NullMarked
package argosy.engine.container.health;
