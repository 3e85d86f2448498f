package argosy.engine.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import argosy.engine.dns.NetworkNames.Named;
import argosy.engine.dns.Scope.Place;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

class AnswersTest {
  private final NameBook book = new NameBook();
  private final Lookup lookup =
      new Lookup(new Scope(List.of(new Place("f", "front", Map.of())), List.of(), true), book::of);
  private int turn;

  @BeforeEach
  void two_share_a_name() {
    book.enter("f", new Named("1", List.of("one", "web"), "10.0.0.2"));
    book.enter("f", new Named("2", List.of("two", "web"), "10.0.0.3"));
  }

  @Test
  void a_name_has_its_address_and_the_question_comes_back() throws IOException {
    Message query = query("One", Type.A);
    Message answer = parsed(query);
    assertEquals(query.getHeader().getID(), answer.getHeader().getID());
    assertTrue(answer.getHeader().getFlag(Flags.QR));
    assertTrue(answer.getHeader().getFlag(Flags.RA));
    assertTrue(answer.getHeader().getFlag(Flags.RD));
    assertEquals(query.getQuestion(), answer.getQuestion());
    assertEquals("One.\t\t\t1\tIN\tA\t10.0.0.2", text(answer));
    assertNull(answer.getOPT());
  }

  @Test
  void those_who_share_a_name_come_first_in_turn() throws IOException {
    assertEquals("10.0.0.2 10.0.0.3", order(query("web", Type.A)));
    assertEquals("", order(query("web", Type.AAAA)));
    assertEquals("10.0.0.3 10.0.0.2", order(query("web", Type.A)));
    assertEquals("10.0.0.2 10.0.0.3", order(query("web", Type.A)));
  }

  @Test
  void a_name_of_ours_has_nothing_else_and_nobody_else_is_asked() throws IOException {
    for (int type : new int[] {Type.AAAA, Type.MX, Type.HTTPS, Type.TXT}) {
      Message answer = parsed(query("web", type));
      assertEquals(Rcode.NOERROR, answer.getRcode());
      assertEquals(0, answer.getSection(Section.ANSWER).size(), Type.string(type));
    }
  }

  @Test
  void addresses_of_both_families_are_answered_each_to_its_question() throws IOException {
    book.enter("f", new Named("3", List.of("both"), List.of("10.0.0.4", "fd00::4")));
    book.enter("f", new Named("4", List.of("six"), "fd00::5"));
    assertEquals("10.0.0.4", order(query("both", Type.A)));
    assertEquals("fd00:0:0:0:0:0:0:4", order(query("both", Type.AAAA)));
    assertEquals("10.0.0.4 fd00:0:0:0:0:0:0:4", order(query("both", Type.ANY)));
    assertEquals("", order(query("six", Type.A)), "known, and has none");
    String reversed = "5." + "0.".repeat(27) + "d.f.ip6.arpa".replace("d.f", "0.0.d.f");
    assertEquals("six.front.", order(query(reversed, Type.PTR)));
    assertEquals("both.front.", order(query("4.0.0.10.in-addr.arpa", Type.PTR)));
  }

  @Test
  void a_name_is_found_in_any_spelling_and_comes_back_as_it_was_asked() throws IOException {
    assertEquals("oNe.\t\t\t1\tIN\tA\t10.0.0.2", text(parsed(query("oNe", Type.A))));
    assertEquals("10.0.0.2", order(query("ONE.Front", Type.A)));
  }

  @Test
  void an_address_has_a_name() throws IOException {
    Message answer = parsed(query("3.0.0.10.in-addr.arpa", Type.PTR));
    assertEquals("3.0.0.10.in-addr.arpa.\t1\tIN\tPTR\ttwo.front.", text(answer));
    assertEquals(Optional.empty(), local(query("9.0.0.10.in-addr.arpa", Type.PTR)));
    assertEquals(Optional.empty(), local(query("web", Type.PTR)));
  }

  @Test
  void who_speaks_edns_is_answered_so_and_long_answers_are_cut() throws IOException {
    for (int i = 3; i < 100; i++) {
      book.enter("f", new Named("" + i, List.of("web"), "10.0.0." + i));
    }
    Message plain = query("web", Type.A);
    Message query = query("web", Type.A);
    query.addRecord(new OPTRecord(4096, 0, 0), Section.ADDITIONAL);
    assertEquals(512, Answers.limit(plain));
    assertEquals(4096, Answers.limit(query));
    var cut = new Message(local(plain).orElseThrow().toWire(Answers.limit(plain)));
    assertTrue(cut.getHeader().getFlag(Flags.TC));
    var whole = new Message(local(query).orElseThrow().toWire(Answers.limit(query)));
    assertEquals(99, whole.getSection(Section.ANSWER).size());
    assertNotNull(whole.getOPT());
  }

  @Test
  void what_is_no_question_is_refused_and_what_is_not_ours_is_left_to_others() throws IOException {
    assertEquals(Optional.empty(), local(query("example.com", Type.A)));
    Message chaos = Message.newQuery(Record.newRecord(name("web"), Type.TXT, DClass.CH));
    assertEquals(Optional.empty(), local(chaos));
    Message update = query("web", Type.A);
    update.getHeader().setOpcode(Opcode.UPDATE);
    assertEquals(Rcode.NOTIMP, parsed(update).getRcode());
    assertEquals(Rcode.FORMERR, parsed(new Message(7)).getRcode());
  }

  @Test
  void garbage_is_objected_to_and_an_answer_is_no_query() throws IOException {
    byte[] garbage = new byte[30];
    garbage[1] = 7;
    garbage[5] = 9;
    var objection = Query.read(garbage).objection().orElseThrow();
    assertEquals(Rcode.FORMERR, new Message(objection).getRcode());
    assertEquals(7, new Message(objection).getHeader().getID());
    var silent = new Query.Received(Optional.empty(), Optional.empty());
    assertEquals(silent, Query.read(new byte[5]));
    assertEquals(silent, Query.read(local(query("one", Type.A)).orElseThrow().toWire()));
  }

  private Optional<Message> local(Message query) {
    return Answers.local(query, lookup, () -> turn++);
  }

  private Message parsed(Message query) throws IOException {
    return new Message(local(query).orElseThrow().toWire());
  }

  private String order(Message query) throws IOException {
    return String.join(
        " ", parsed(query).getSection(Section.ANSWER).stream().map(Record::rdataToString).toList());
  }

  private static String text(Message answer) {
    var records = answer.getSection(Section.ANSWER);
    assertEquals(1, records.size());
    return records.getFirst().toString();
  }

  private static Message query(String name, int type) throws IOException {
    return Message.newQuery(Record.newRecord(name(name), type, DClass.IN));
  }

  private static Name name(String name) throws IOException {
    return Name.fromString(name, Name.root);
  }
}
