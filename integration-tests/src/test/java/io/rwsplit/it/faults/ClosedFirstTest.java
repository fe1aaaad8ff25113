package io.rwsplit.it.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.rwsplit.it.ForkedJvm;
import io.rwsplit.it.Transcripts;
import java.util.List;
import legacy.faults.ClosedFirst;
import org.junit.jupiter.api.Test;

/** A connection that is closed when the agent first meets it is no fault of the agent's. */
class ClosedFirstTest {
  private static final String URL = "jdbc:h2:mem:app;DB_CLOSE_DELAY=-1";

  @Test
  void isNoFault() throws Exception {
    List<String> bare;
    try (ForkedJvm app = new ForkedJvm.Builder().main(ClosedFirst.class, URL).start()) {
      assertEquals(0, app.exitCode(120), app::transcript);
      bare = app.out();
    }
    ForkedJvm.Builder split =
        new ForkedJvm.Builder()
            .agent()
            .property("rwsplit.master", URL)
            .property("rwsplit.replicas", "jdbc:h2:mem:replica;DB_CLOSE_DELAY=-1");
    try (ForkedJvm app = split.main(ClosedFirst.class, URL).start()) {
      assertEquals(0, app.exitCode(120), app::transcript);
      Transcripts.assertSame(bare, app.out(), "closed first");
      assertFalse(app.saysFault(), app::transcript);
    }
  }
}
