package io.rwsplit.jdbc;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class BatchTest {
  /** It would keep the others of its batch from being followed. */
  @Test
  void aTextThatIsNullIsNotInTheBatch() {
    for (boolean byTable : new boolean[] {false, true}) {
      Batch batch = new Batch(byTable, byTable);
      batch.add(null, null);
      assertTrue(batch.isEmpty(), "by table: " + byTable);
    }
  }
}
