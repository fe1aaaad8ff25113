package io.rwsplit.replication;

import java.nio.file.Path;
import java.util.Arrays;

/**
 * One replica's words in {@link SharedPositions}, written by its leader.
 *
 * <p>Words: hash of its real path; generation of its file, odd while it is being replaced; hash of
 * the file's identity, 0 while there is none; state, as its place in {@link FeedState}; {@linkplain
 * ReplicationTickets#appliedTicket applied ticket}; {@linkplain ReplicationTickets#visibleBound
 * bound} of what readers can have seen; lag in bytes and nanoseconds; delay on purpose. The applied
 * ticket is -1 whenever the replica may not be read, and before the generation changes: so a reader
 * who finds a ticket, and after it still the generation his connections belong to, has a true pair.
 *
 * <p>Called under the lock of the replica's {@link FeedLink}, or by its feed thread alone.
 */
final class SharedReplica {
  private final SharedPositions shared;
  private final int entry;

  SharedReplica(SharedPositions shared, int entry) {
    this.shared = shared;
    this.entry = entry;
  }

  int entry() {
    return entry;
  }

  static int code(FeedState state) {
    return Arrays.asList(FeedState.values()).indexOf(state);
  }

  static FeedState decode(long code) {
    FeedState[] all = FeedState.values();
    return code >= 0 && code < all.length ? all[(int) code] : FeedState.STANDBY;
  }

  /** The replica of a path. */
  static long hash(Path path) {
    return PositionFile.hash(MasterFile.real(path).toString()) | 1;
  }

  void applied(long ticket) {
    shared.put(entry, SharedPositions.APPLIED, ticket);
  }

  void state(FeedState state, long ticket) {
    if (ticket < 0) {
      applied(ticket);
    }
    shared.put(entry, SharedPositions.STATE, code(state));
    Fence.full();
    applied(ticket);
  }

  /** Before anything newer becomes visible. */
  void visible(long bound) {
    if (bound > shared.get(entry, SharedPositions.VISIBLE)) {
      shared.put(entry, SharedPositions.VISIBLE, bound);
      Fence.full();
    }
  }

  void delay(long nanos) {
    shared.put(entry, SharedPositions.DELAY, nanos);
  }

  void lag(long bytes, long nanos) {
    shared.put(entry, SharedPositions.LAG_BYTES, bytes);
    shared.put(entry, SharedPositions.LAG_NANOS, nanos);
  }

  /** The file is going to be replaced; its applied ticket was withdrawn. */
  void replacing() {
    shared.put(entry, SharedPositions.GENERATION, generation() | 1);
    Fence.full();
    shared.put(entry, SharedPositions.FILE, 0);
    Fence.full();
  }

  /** A file is in its place again, or none. */
  void replaced() {
    Fence.full();
    shared.put(entry, SharedPositions.GENERATION, (generation() | 1) + 1);
    Fence.full();
  }

  /** This is the file that is being fed. */
  void file(long inode) {
    if (shared.get(entry, SharedPositions.FILE) == inode) {
      return;
    }
    boolean settled = (generation() & 1) == 0;
    if (settled) {
      replacing();
    }
    shared.put(entry, SharedPositions.FILE, inode);
    if (settled) {
      replaced();
    }
  }

  private long generation() {
    return shared.get(entry, SharedPositions.GENERATION);
  }
}
