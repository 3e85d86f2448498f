/** What people read: tables, templates, ages and sizes, progress, output frames. */
@org.jspecify.annotations.NullMarked
package argosy.cli.output;
