/**
 * What every command is made of: its form, its arguments, the console and the daemon it talks to.
 */
@org.jspecify.annotations.NullMarked
package argosy.cli.command;
