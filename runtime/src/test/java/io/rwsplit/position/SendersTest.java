package io.rwsplit.position;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class SendersTest {
  @Test
  void namesThemWithWhatIsKnown() {
    Senders senders = new Senders();
    assertEquals("sends to no standby", senders.state().toString());
    senders.add("one", "10.0.0.1", "streaming", "sync", 0);
    senders.add("", null, null, null, -1);
    senders.add("three", "::1", "catchup", "async", 8192);
    String text = senders.state().toString();
    String lasting =
        "sends to one@10.0.0.1 (streaming, sync), a standby, three@::1 (catchup, async)";
    assertEquals(lasting + "; bytes not replayed: 0, 8192", text);
    assertEquals(lasting, Senders.lasting(text));
  }
}
