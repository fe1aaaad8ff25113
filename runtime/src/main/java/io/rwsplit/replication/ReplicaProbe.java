package io.rwsplit.replication;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.concurrent.Callable;

/**
 * One comparison of some frames of a replica's log and some pages of its database file with what
 * they must be; for any thread.
 *
 * <p>It takes no lock. Frames are compared in vain when the log was emptied meanwhile, pages when a
 * checkpoint has begun meanwhile: then nothing is said about them.
 */
final class ReplicaProbe implements Callable<Void> {
  private static final int BLOCK_FRAMES = 64;

  final int[] pages;

  /** False where the page's content is only to be learnt. */
  final boolean[] known;

  /** What {@link #call} found. */
  final long[] seen;

  private final ReplicaLog log;
  private final long salts;
  private final int firstFrame;
  private final long[] chain;
  private final long[] expected;
  private final int resets;
  private final int checkpoints;
  private final int pageSize;
  private boolean pagesCount;

  /**
   * A probe of the files as they are now; made by the feed thread.
   *
   * @param chain stored checksums from the one before {@code firstFrame} on
   */
  ReplicaProbe(
      ReplicaLog log,
      long salts,
      int firstFrame,
      long[] chain,
      int[] pages,
      long[] expected,
      boolean[] known) {
    this.log = log;
    this.salts = salts;
    this.firstFrame = firstFrame;
    this.chain = chain;
    this.pages = pages;
    this.expected = expected;
    this.known = known;
    this.seen = new long[pages.length];
    this.resets = log.resets();
    this.checkpoints = log.checkpointsBegun();
    this.pageSize = log.pageSize();
  }

  int frames() {
    return chain.length - 1;
  }

  /** True when the pages were compared with no checkpoint begun meanwhile. */
  boolean pagesCount() {
    return pagesCount;
  }

  boolean isOfThisLog() {
    return resets == log.resets();
  }

  /**
   * Compares.
   *
   * @throws DamagedException at the first difference
   */
  @Override
  public Void call() throws IOException {
    compareFrames();
    comparePages();
    return null;
  }

  private void compareFrames() throws IOException {
    int frameSize = WalHeader.FRAME_HEADER + pageSize;
    byte[] bytes = new byte[Math.min(frames(), BLOCK_FRAMES) * frameSize];
    ByteBuffer view = ByteBuffer.wrap(bytes);
    WalChecksum step = log.pageStep();
    for (int done = 0; done < frames(); done += BLOCK_FRAMES) {
      int count = Math.min(BLOCK_FRAMES, frames() - done);
      view.clear().limit(count * frameSize);
      int read = Channels.readFully(log.wal(), view, WalHeader.offset(firstFrame + done, pageSize));
      for (int i = 0; i < count; i++) {
        int at = i * frameSize;
        if (read < at + frameSize || !isFrame(bytes, at, done + i, step)) {
          if (!isOfThisLog()) {
            return;
          }
          throw new DamagedException(
              "frame " + (firstFrame + done + i) + " in the log of " + log.path + " was changed");
        }
      }
    }
  }

  private boolean isFrame(byte[] bytes, int at, int index, WalChecksum step) {
    ByteBuffer frame = ByteBuffer.wrap(bytes);
    if (frame.getLong(at + 8) != salts || frame.getLong(at + 16) != chain[index + 1]) {
      return false;
    }
    boolean big = WalChecksum.NATIVE_BIG_ENDIAN;
    long sum =
        WalChecksum.addFrameHeader(chain[index], frame.getInt(at), frame.getInt(at + 4), big);
    long term = WalChecksum.add(0, bytes, at + WalHeader.FRAME_HEADER, pageSize, big);
    return step.step(sum, term) == chain[index + 1];
  }

  private void comparePages() throws IOException {
    FileChannel db = log.db();
    byte[] bytes = new byte[pages.length == 0 ? 0 : pageSize];
    for (int i = 0; i < pages.length; i++) {
      int read = Channels.readFully(db, ByteBuffer.wrap(bytes), (pages[i] - 1L) * pageSize);
      java.util.Arrays.fill(bytes, read, pageSize, (byte) 0);
      seen[i] = WalChecksum.add(0, bytes, 0, pageSize, WalChecksum.NATIVE_BIG_ENDIAN);
      if (known[i] && seen[i] != expected[i]) {
        if (checkpoints != log.checkpointsBegun()) {
          return;
        }
        throw new DamagedException("page " + pages[i] + " of " + log.path + " was changed");
      }
    }
    pagesCount = checkpoints == log.checkpointsBegun();
  }
}
