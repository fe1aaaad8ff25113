package io.rwsplit.jfr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class EventLogTest {
  @Test
  void eachGroupKeepsItsNewestNewestFirst() {
    EventLog log = new EventLog();
    assertTrue(log.newest("shop").isEmpty());
    log.add("crm", KeptEvent.Kind.FAILOVER, true, "replica1", null);
    for (int i = 0; i < 3 * EventLog.KEPT + 1; i++) {
      log.add("shop", KeptEvent.Kind.HEALTH, false, null, "event " + i);
    }
    List<KeptEvent> newest = log.newest("shop");
    assertEquals(EventLog.KEPT, newest.size());
    for (int i = 0; i < newest.size(); i++) {
      assertEquals("event " + (3 * EventLog.KEPT - i), newest.get(i).text());
    }
    assertEquals(1, log.newest("crm").size());
    assertEquals("", log.newest("crm").get(0).text());
  }

  @Test
  void aLongTextIsCut() {
    EventLog log = new EventLog();
    log.add("", KeptEvent.Kind.FAULT, true, null, new String(new char[10_000]));
    assertEquals(501, log.newest("").get(0).text().length());
  }
}
