package io.rwsplit.replication;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Compares two databases page by page, at one commit. Used by one thread. */
final class PageComparison {
  private static final int BLOCK = 1 << 18;

  private final DatabaseImage master;
  private final DatabaseImage replica;
  private final CheckReport found;

  PageComparison(DatabaseImage master, DatabaseImage replica, CheckReport found) {
    this.master = master;
    this.replica = replica;
    this.found = found;
  }

  int pages() {
    return master.pages();
  }

  /**
   * Compares from page {@code first} on, until the time is over.
   *
   * @return the page to go on with; 0 at the end
   */
  int compare(int first, long deadline) throws IOException {
    int pageSize = master.pageSize();
    if (pageSize != replica.pageSize()) {
      String sizes = pageSize + " bytes on the master, " + replica.pageSize() + " on the replica";
      found.add(Difference.Kind.PAGE, "all pages", sizes);
      return 0;
    }
    int block = Math.max(1, BLOCK / pageSize);
    byte[] theirs = new byte[block * pageSize];
    byte[] ours = new byte[block * pageSize];
    int lockBytePage = (1 << 30) / pageSize + 1;
    int page = first;
    while (page <= master.pages()) {
      if (page > first && System.nanoTime() - deadline > 0) {
        return page;
      }
      int count = Math.min(block, master.pages() - page + 1);
      int known = Math.max(0, Math.min(count, replica.pages() - page + 1));
      master.read(page, count, theirs);
      replica.read(page, known, ours);
      for (int i = 0; i < known; i++) {
        if (page + i != lockBytePage && !isEqual(theirs, ours, i * pageSize, pageSize)) {
          found.add(Difference.Kind.PAGE, "page " + (page + i), "has other bytes");
        }
      }
      found.addPages(count);
      page += count;
    }
    if (master.pages() != replica.pages()) {
      String sizes = master.pages() + " on the master, " + replica.pages() + " on the replica";
      found.add(Difference.Kind.PAGE, "number of pages", sizes);
    }
    return 0;
  }

  private static boolean isEqual(byte[] a, byte[] b, int offset, int length) {
    return ByteBuffer.wrap(a, offset, length).equals(ByteBuffer.wrap(b, offset, length));
  }
}
