package io.rwsplit.sql;

import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * A small two-way cache of whole texts, for applications that hold their SQL in constants.
 *
 * <p>Texts without literals are constants as a rule and are never displaced by texts with literals.
 * Holds at most {@link #SLOTS} texts of at most {@link #MAX_CHARS} chars, 1 MiB or so in the worst
 * case. Thread-safe, without locks.
 */
final class TextCache {
  private static final int SLOTS = 1024;
  private static final int MAX_CHARS = 1024;

  private final AtomicReferenceArray<Entry> slots = new AtomicReferenceArray<>(SLOTS);

  private static final class Entry {
    final String text;
    final Classification value;
    final boolean constant;

    Entry(String text, Classification value, boolean constant) {
      this.text = text;
      this.value = value;
      this.constant = constant;
    }
  }

  private static int slot(String text) {
    int h = text.hashCode();
    return (h ^ (h >>> 9) ^ (h >>> 18)) & (SLOTS - 1);
  }

  /** The classification of the text, or null. */
  Classification get(String text) {
    if (text.length() > MAX_CHARS) {
      return null;
    }
    int s = slot(text);
    Entry e = slots.get(s);
    if (e != null && e.text.equals(text)) {
      return e.value;
    }
    e = slots.get(s ^ 1);
    return e != null && e.text.equals(text) ? e.value : null;
  }

  /** Remembers the text; a constant one has no literals in it. */
  void put(String text, Classification value, boolean constant) {
    if (text.length() > MAX_CHARS) {
      return;
    }
    int s = slot(text);
    Entry e = slots.get(s);
    if (e != null && e.constant) {
      s ^= 1;
      e = slots.get(s);
    }
    if (e == null || constant || !e.constant) {
      slots.lazySet(s, new Entry(text, value, constant));
    }
  }
}
