package io.rwsplit.replication;

/** Page number to frame number, in open addressing without boxing. Not thread-safe. */
final class PageMap {
  private int[] keys = new int[1024];
  private int[] values = new int[1024];
  private int size;

  void put(int page, int frame) {
    if (size * 2 >= keys.length) {
      grow();
    }
    int slot = find(keys, page);
    if (keys[slot] == 0) {
      keys[slot] = page;
      size++;
    }
    values[slot] = frame;
  }

  /** The frame entered last for {@code page}, or 0. */
  int get(int page) {
    int slot = find(keys, page);
    return keys[slot] == 0 ? 0 : values[slot];
  }

  boolean isEmpty() {
    return size == 0;
  }

  private static int find(int[] keys, int page) {
    int mask = keys.length - 1;
    int slot = ((page * 0x9e3779b9) >>> 7) & mask;
    while (keys[slot] != 0 && keys[slot] != page) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private void grow() {
    int[] oldKeys = keys;
    int[] oldValues = values;
    keys = new int[oldKeys.length * 2];
    values = new int[oldKeys.length * 2];
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldKeys[i] != 0) {
        int slot = find(keys, oldKeys[i]);
        keys[slot] = oldKeys[i];
        values[slot] = oldValues[i];
      }
    }
  }
}
