/**
 * What archives are made of: tars of every writer, how they are packed, and names that are bytes.
 * Streams in and out; files are not its business.
 */
@org.jspecify.annotations.NullMarked
package argosy.engine.archive;
