package argosy.engine.build;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What makes the next image out of a base.
 *
 * @param config the next image's run-time configuration
 * @param author null: the base's
 * @param createdBy the history's new line
 */
record Change(ObjectNode config, @Nullable String author, String createdBy) {

  /** The next image's configuration blob; {@code diffId}: its new layer's, or null without one. */
  ObjectNode document(Base base, @Nullable String diffId, Instant now) {
    ObjectNode next = base.document().deepCopy();
    next.remove("container");
    next.remove("container_config");
    next.remove("parent");
    next.remove("comment");
    next.set("config", config.deepCopy());
    next.put("created", now.toString());
    if (author != null) {
      next.put("author", author);
    }
    ObjectNode line = array(next, "history").addObject();
    line.put("created", now.toString()).put("created_by", createdBy);
    if (author != null) {
      line.put("author", author);
    }
    if (diffId == null) {
      line.put("empty_layer", true);
    } else {
      ObjectNode rootfs =
          next.get("rootfs") instanceof ObjectNode there ? there : next.putObject("rootfs");
      array(rootfs.put("type", "layers"), "diff_ids").add(diffId);
    }
    return next;
  }

  /** True for a document that this change, made of this base, would have brought. */
  boolean made(ObjectNode document, Base base) {
    var history = document.path("history");
    int lines = base.document().path("history").size();
    return history.size() == lines + 1
        && history.get(lines).path("created_by").asText().equals(createdBy)
        && document.path("config").equals(config);
  }

  private static ArrayNode array(ObjectNode node, String name) {
    return node.get(name) instanceof ArrayNode there ? there : node.putArray(name);
  }

  static Change of(StageState state, Deed deed) {
    String author = deed instanceof Deed.Sign sign ? sign.author() : null;
    return new Change(state.config().deepCopy(), author, deed.createdBy());
  }
}
