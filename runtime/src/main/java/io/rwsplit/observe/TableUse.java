package io.rwsplit.observe;

import java.util.concurrent.atomic.LongAdder;

/** How statements use one table. Thread-safe. */
final class TableUse {
  final String name;
  final LongAdder reads = new LongAdder();
  final LongAdder writes = new LongAdder();
  final LongAdder readsAfterWrite = new LongAdder();

  TableUse(String name) {
    this.name = name;
  }
}
