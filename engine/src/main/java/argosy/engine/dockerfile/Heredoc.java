package argosy.engine.dockerfile;

/**
 * A here-document of a RUN, COPY or ADD line.
 *
 * @param name the word that ends it
 * @param content its lines, each with its line feed
 * @param expand whether variables in it stand for their values: not when the name was quoted
 * @param chomp whether leading tabs were taken off each line
 */
public record Heredoc(String name, String content, boolean expand, boolean chomp) {}
