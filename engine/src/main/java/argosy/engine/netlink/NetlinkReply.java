package argosy.engine.netlink;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A message from the kernel.
 *
 * @param body what follows the netlink header, in native order
 */
record NetlinkReply(int type, int sequence, ByteBuffer body) {
  private static final int TYPE_MASK = 0x3fff;

  /** The attributes behind a family header of that many bytes. */
  Attributes attributes(int header) {
    return Attributes.of(body.slice(header, body.capacity() - header).order(body.order()));
  }

  /** Attributes by type. */
  record Attributes(Map<Integer, ByteBuffer> values) {
    static Attributes of(ByteBuffer bytes) {
      var values = new HashMap<Integer, ByteBuffer>();
      int at = 0;
      while (at + 4 <= bytes.capacity()) {
        int length = Short.toUnsignedInt(bytes.getShort(at));
        if (length < 4 || at + length > bytes.capacity()) {
          break;
        }
        values.put(
            bytes.getShort(at + 2) & TYPE_MASK,
            bytes.slice(at + 4, length - 4).order(ByteOrder.nativeOrder()));
        at += length + 3 & ~3;
      }
      return new Attributes(values);
    }

    int number(int type, int otherwise) {
      ByteBuffer value = values.get(type);
      return value == null ? otherwise : value.getInt(0);
    }

    /** A port or a protocol's number, of one byte or of two in network order. */
    int small(int type) {
      ByteBuffer value = values.get(type);
      if (value == null) {
        return -1;
      }
      return value.capacity() == 1
          ? Byte.toUnsignedInt(value.get(0))
          : Short.toUnsignedInt(value.duplicate().order(ByteOrder.BIG_ENDIAN).getShort(0));
    }

    /** The value as it came, to be sent back. */
    byte[] raw(int type) {
      ByteBuffer value = values.get(type);
      byte[] bytes = new byte[value == null ? 0 : value.capacity()];
      if (value != null) {
        value.get(0, bytes);
      }
      return bytes;
    }

    boolean has(int type) {
      return values.containsKey(type);
    }

    /** An IPv4 address, which travels in network order. */
    @Nullable Integer address(int type) {
      ByteBuffer value = values.get(type);
      return value == null ? null : value.duplicate().order(ByteOrder.BIG_ENDIAN).getInt(0);
    }

    String text(int type) {
      ByteBuffer value = values.get(type);
      if (value == null) {
        return "";
      }
      String text = StandardCharsets.UTF_8.decode(value.duplicate()).toString();
      int end = text.indexOf('\0');
      return end < 0 ? text : text.substring(0, end);
    }

    Attributes nested(int type) {
      ByteBuffer value = values.get(type);
      return value == null ? new Attributes(Map.of()) : of(value);
    }
  }
}
