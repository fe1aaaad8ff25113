package io.rwsplit.sql;

import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * A small two-way cache of whole texts, for applications that hold their SQL in constants.
 *
 * <p>Texts without literals are constants as a rule; they are taken in at once and never displaced
 * by texts with literals. A text with literals is taken in when it comes the second time: most of
 * them never do, and an entry for each would only be written, moved by the collector and displaced.
 * Holds at most {@link #SLOTS} texts of at most {@link #MAX_CHARS} chars, 1 MiB or so in the worst
 * case. Thread-safe, without locks; a lookup that misses reads two small arrays and no text.
 */
final class TextCache {
  private static final int SLOTS = 1024;
  private static final int MAX_CHARS = 1024;

  private final AtomicReferenceArray<Entry> slots = new AtomicReferenceArray<>(SLOTS);

  /**
   * By slot, the hash of its entry's text. Read and written without order: a wrong one costs a
   * miss, or a comparison of texts.
   */
  private final int[] tags = new int[SLOTS];

  /** By slot, the hash of the text with literals that came last. Without order, too. */
  private final int[] seen = new int[SLOTS];

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

  private static int slot(int hash) {
    return (hash ^ (hash >>> 9) ^ (hash >>> 18)) & (SLOTS - 1);
  }

  /** The classification of the text, or null. */
  Classification get(String text) {
    if (text.length() > MAX_CHARS) {
      return null;
    }
    int hash = text.hashCode();
    int s = slot(hash);
    Classification found = tags[s] == hash ? at(s, text) : null;
    return found == null && tags[s ^ 1] == hash ? at(s ^ 1, text) : found;
  }

  private Classification at(int slot, String text) {
    Entry e = slots.get(slot);
    return e != null && e.text.equals(text) ? e.value : null;
  }

  /** Remembers the text; a constant one has no literals in it. */
  void put(String text, Classification value, boolean constant) {
    if (text.length() > MAX_CHARS) {
      return;
    }
    int hash = text.hashCode();
    int s = slot(hash);
    if (!constant && seen[s] != hash) {
      seen[s] = hash;
      return;
    }
    Entry e = slots.get(s);
    if (e != null && e.constant) {
      s ^= 1;
      e = slots.get(s);
    }
    if (e == null || constant || !e.constant) {
      slots.lazySet(s, new Entry(text, value, constant));
      tags[s] = hash;
    }
  }
}
