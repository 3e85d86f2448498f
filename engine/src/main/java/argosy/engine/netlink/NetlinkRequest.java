package argosy.engine.netlink;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** A message to the kernel being written: header, the family's own header, attributes. */
final class NetlinkRequest {
  static final int REQUEST = 1;
  static final int ACK = 4;
  static final int DUMP = 0x300;
  static final int REPLACE = 0x100;
  static final int EXCLUSIVE = 0x200;
  static final int CREATE = 0x400;

  private static final int NESTED = 0x8000;
  private static final int HEADER = 16;

  private final ByteBuffer buffer = ByteBuffer.allocate(1024).order(ByteOrder.nativeOrder());

  NetlinkRequest(int type, int flags) {
    buffer.putInt(0).putShort((short) type).putShort((short) (flags | REQUEST));
    buffer.position(HEADER);
  }

  /** {@code struct ifinfomsg}: an index of 0 means that attributes name the link. */
  NetlinkRequest link(int index, int flags, int change) {
    buffer.put((byte) 0).put((byte) 0).putShort((short) 0).putInt(index).putInt(flags);
    buffer.putInt(change);
    return this;
  }

  NetlinkRequest bytes(byte... header) {
    buffer.put(header);
    return this;
  }

  NetlinkRequest number(int header) {
    buffer.putInt(header);
    return this;
  }

  NetlinkRequest attribute(int type, byte... value) {
    buffer.putShort((short) (4 + value.length)).putShort((short) type).put(value);
    return align();
  }

  NetlinkRequest attribute(int type, byte value) {
    return attribute(type, new byte[] {value});
  }

  NetlinkRequest attribute(int type, int value) {
    return attribute(
        type, ByteBuffer.allocate(4).order(ByteOrder.nativeOrder()).putInt(value).array());
  }

  NetlinkRequest attribute(int type, String value) {
    return attribute(type, (value + "\0").getBytes(StandardCharsets.US_ASCII));
  }

  /** An IPv4 address travels in network order. */
  NetlinkRequest address(int type, int address) {
    return attribute(type, ByteBuffer.allocate(4).putInt(address).array());
  }

  /** As all numbers of the packet filter: in network order. */
  NetlinkRequest big(int type, int value) {
    return address(type, value);
  }

  NetlinkRequest nested(int type, Consumer<NetlinkRequest> content) {
    int start = buffer.position();
    buffer.putShort((short) 0).putShort((short) (type | NESTED));
    content.accept(this);
    buffer.putShort(start, (short) (buffer.position() - start));
    return align();
  }

  byte[] numbered(int sequence) {
    buffer.putInt(0, buffer.position()).putInt(8, sequence);
    byte[] message = new byte[buffer.position()];
    buffer.get(0, message);
    return message;
  }

  private NetlinkRequest align() {
    buffer.position(buffer.position() + 3 & ~3);
    return this;
  }
}
