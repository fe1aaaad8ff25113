package io.rwsplit.sql;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * A bounded map from digests to classifications, compared char by char.
 *
 * <p>Two generations: what is not asked for while the young one fills up is gone when it is full.
 * Holds at most 2 × {@link #MAX_ENTRIES} digests and 2 × {@link #MAX_CHARS} chars (2 bytes each).
 * Thread-safe; lookups take no lock and allocate nothing.
 */
final class DigestCache {
  /** Digests of one generation. */
  static final int MAX_ENTRIES = 2_000;

  /** Chars of all digests of one generation. */
  static final int MAX_CHARS = 500_000;

  private static final int BUCKETS = 4096;

  private volatile Generation young = new Generation();
  private volatile Generation old = new Generation();

  private static final class Entry {
    final char[] digest;
    final int hash;
    final Classification value;
    final Entry next;

    Entry(char[] digest, int hash, Classification value, Entry next) {
      this.digest = digest;
      this.hash = hash;
      this.value = value;
      this.next = next;
    }
  }

  private static final class Generation {
    final AtomicReferenceArray<Entry> buckets = new AtomicReferenceArray<>(BUCKETS);
    final AtomicInteger entries = new AtomicInteger();
    final AtomicInteger chars = new AtomicInteger();

    Entry find(char[] digest, int length, int hash) {
      for (Entry e = buckets.get(hash & (BUCKETS - 1)); e != null; e = e.next) {
        if (e.hash == hash && same(e.digest, digest, length)) {
          return e;
        }
      }
      return null;
    }

    void add(char[] digest, int hash, Classification value) {
      int b = hash & (BUCKETS - 1);
      Entry head;
      do {
        head = buckets.get(b);
      } while (!buckets.compareAndSet(b, head, new Entry(digest, hash, value, head)));
      entries.incrementAndGet();
      chars.addAndGet(digest.length);
    }

    boolean isFull() {
      return entries.get() >= MAX_ENTRIES || chars.get() >= MAX_CHARS;
    }

    private static boolean same(char[] a, char[] b, int length) {
      if (a.length != length) {
        return false;
      }
      for (int i = 0; i < length; i++) {
        if (a[i] != b[i]) {
          return false;
        }
      }
      return true;
    }
  }

  /** The classification of the digest, or null. */
  Classification get(char[] digest, int length, int hash) {
    Entry e = young.find(digest, length, hash);
    if (e != null) {
      return e.value;
    }
    e = old.find(digest, length, hash);
    if (e == null) {
      return null;
    }
    put(e.digest, hash, e.value);
    return e.value;
  }

  /** Remembers the digest, which must not be changed afterwards. */
  void put(char[] digest, int hash, Classification value) {
    Generation g = young;
    if (g.isFull()) {
      synchronized (this) {
        if (young == g) {
          old = g;
          young = new Generation();
        }
      }
      g = young;
    }
    g.add(digest, hash, value);
  }

  /** Digests held, those held twice counted twice. */
  int size() {
    return young.entries.get() + old.entries.get();
  }
}
