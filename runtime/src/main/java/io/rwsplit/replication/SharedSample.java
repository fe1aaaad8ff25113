package io.rwsplit.replication;

import java.nio.ByteBuffer;

/**
 * What the leader last found in the master's log, with a ticket that covers it, in {@link
 * SharedPositions}: a number that is odd while the other words change; then the hash of the -shm
 * file's identity, count of changes, last frame, salts, ticket. One writer; for any reader.
 */
final class SharedSample {
  private static final int NUMBER = SharedPositions.SAMPLE_AT;
  private static final int SHM = NUMBER + 8;
  private static final int CHANGE = NUMBER + 16;
  private static final int FRAME = NUMBER + 24;
  private static final int SALTS = NUMBER + 32;
  private static final int TICKET = NUMBER + 40;

  /** The hash of the identity of the -shm file. */
  final long shm;

  final WalIndexHeader header;

  /** Covers all that was found; 0 when nothing is known. */
  final long ticket;

  private SharedSample(long shm, WalIndexHeader header, long ticket) {
    this.shm = shm;
    this.header = header;
    this.ticket = ticket;
  }

  static void write(SharedPositions to, long shm, WalIndexHeader header, long ticket) {
    long number = to.get(NUMBER) | 1;
    to.put(NUMBER, number);
    Fence.full();
    to.put(SHM, shm);
    to.put(CHANGE, header.change);
    to.put(FRAME, header.maxFrame);
    to.put(SALTS, header.salts);
    to.put(TICKET, ticket);
    Fence.full();
    to.put(NUMBER, number + 1);
  }

  static void forget(SharedPositions in) {
    long number = in.get(NUMBER) | 1;
    in.put(NUMBER, number);
    Fence.full();
    in.put(TICKET, 0);
    Fence.full();
    in.put(NUMBER, number + 1);
  }

  /** Of a copy of the file, if it {@linkplain #isUnchanged was not changed} since; else null. */
  static SharedSample read(ByteBuffer from) {
    WalIndexHeader header =
        new WalIndexHeader(
            (int) from.getLong(CHANGE),
            false,
            0,
            (int) from.getLong(FRAME),
            0,
            0,
            from.getLong(SALTS),
            0);
    SharedSample read = new SharedSample(from.getLong(SHM), header, from.getLong(TICKET));
    return (from.getLong(NUMBER) & 1) == 0 && read.ticket > 0 ? read : null;
  }

  /** True when nothing was written between two copies. */
  static boolean isUnchanged(ByteBuffer copy, ByteBuffer later) {
    return copy.getLong(NUMBER) == later.getLong(NUMBER);
  }

  /** Null while it is being changed, and when there is none. */
  static SharedSample read(SharedPositions from) {
    long number = from.get(NUMBER);
    Fence.full();
    WalIndexHeader header =
        new WalIndexHeader(
            (int) from.get(CHANGE), false, 0, (int) from.get(FRAME), 0, 0, from.get(SALTS), 0);
    SharedSample read = new SharedSample(from.get(SHM), header, from.get(TICKET));
    Fence.full();
    boolean whole = (number & 1) == 0 && from.get(NUMBER) == number;
    return whole && read.ticket > 0 && !from.isBroken() ? read : null;
  }
}
