package argosy.engine.dns;

import argosy.engine.netlink.Ip;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.IntSupplier;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.PTRRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.ReverseMap;
import org.xbill.DNS.Section;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/** What a query is answered from what we know ourselves. Pure. */
final class Answers {
  /**
   * Seconds an answer may be kept. Docker's 600 leave clients with the addresses of containers that
   * are gone.
   */
  static final long TTL = 1;

  /** What a client takes over UDP that says nothing (RFC 1035, 4.2.1). */
  private static final int PLAIN = 512;

  /** What we offer to those who speak EDNS (RFC 6891): no fragments on any usual link. */
  private static final int OFFERED = 1232;

  private Answers() {}

  /**
   * Empty when somebody else has to be asked.
   *
   * @param turn a number that grows: those who share a name come first in turn
   */
  static Optional<Message> local(Message query, Lookup lookup, IntSupplier turn) {
    Record question = query.getQuestion();
    if (query.getHeader().getOpcode() != Opcode.QUERY) {
      return Optional.of(refusal(query, Rcode.NOTIMP));
    }
    if (question == null) {
      return Optional.of(refusal(query, Rcode.FORMERR));
    }
    if (question.getDClass() != DClass.IN && question.getDClass() != DClass.ANY) {
      return Optional.empty();
    }
    return question.getType() == Type.PTR
        ? byAddress(query, question, lookup)
        : byName(query, question, lookup, turn);
  }

  /** A name of ours has no records but its addresses: nobody else is asked for others. */
  private static Optional<Message> byName(
      Message query, Record question, Lookup lookup, IntSupplier turn) {
    var addresses = lookup.addresses(question.getName().toString(true));
    if (addresses.isEmpty()) {
      return Optional.empty();
    }
    Message answer = reply(query);
    var fitting = addresses.stream().filter(address -> fits(question.getType(), address)).toList();
    for (String address : turned(fitting, turn)) {
      answer.addRecord(record(question.getName(), Ip.parse(address)), Section.ANSWER);
    }
    return Optional.of(answer);
  }

  private static boolean fits(int type, String address) {
    boolean six = address.indexOf(':') >= 0;
    return type == Type.ANY || type == (six ? Type.AAAA : Type.A);
  }

  private static Record record(Name name, Ip address) {
    return address.six()
        ? new AAAARecord(name, DClass.IN, TTL, address.inet())
        : new ARecord(name, DClass.IN, TTL, address.inet());
  }

  private static List<String> turned(List<String> addresses, IntSupplier turn) {
    if (addresses.size() < 2) {
      return addresses;
    }
    var turned = new ArrayList<>(addresses);
    Collections.rotate(turned, -Math.floorMod(turn.getAsInt(), turned.size()));
    return turned;
  }

  private static Optional<Message> byAddress(Message query, Record question, Lookup lookup) {
    return address(question.getName())
        .flatMap(lookup::name)
        .map(name -> {
          Message answer = reply(query);
          answer.addRecord(
              new PTRRecord(question.getName(), DClass.IN, TTL, absolute(name)), Section.ANSWER);
          return answer;
        });
  }

  /** Says no. {@code code}: of {@link Rcode}. */
  static Message refusal(Message query, int code) {
    Message answer = reply(query);
    answer.getHeader().setRcode(code);
    return answer;
  }

  /** How long an answer over UDP may be. */
  static int limit(Message query) {
    OPTRecord edns = query.getOPT();
    return edns == null ? PLAIN : Math.max(PLAIN, edns.getPayloadSize());
  }

  private static Message reply(Message query) {
    var answer = new Message(query.getHeader().getID());
    answer.getHeader().setOpcode(query.getHeader().getOpcode());
    answer.getHeader().setFlag(Flags.QR);
    answer.getHeader().setFlag(Flags.RA);
    if (query.getHeader().getFlag(Flags.RD)) {
      answer.getHeader().setFlag(Flags.RD);
    }
    Record question = query.getQuestion();
    if (question != null) {
      answer.addRecord(question, Section.QUESTION);
    }
    if (query.getOPT() != null) {
      answer.addRecord(new OPTRecord(OFFERED, 0, 0), Section.ADDITIONAL);
    }
    return answer;
  }

  private static Optional<String> address(Name reversed) {
    try {
      return Optional.of(Ip.of(ReverseMap.fromName(reversed).getAddress()).toString());
    } catch (UnknownHostException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Name absolute(String name) {
    try {
      return Name.fromString(name, Name.root);
    } catch (TextParseException e) {
      throw new IllegalStateException(e);
    }
  }
}
