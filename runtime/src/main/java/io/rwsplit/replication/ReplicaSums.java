package io.rwsplit.replication;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.Arrays;

/**
 * What a replica's files must hold, as checksums in memory: 20 bytes per frame of its log, 8 per
 * page of its database file up to {@link #MAX_PAGES}.
 *
 * <p>Frames are known from the moment they are staged. A page of the database file is known when it
 * was copied there from a frame; one that was there before is believed when it is first looked at.
 * A page's content is definite when the log has no frame of it, or its last frame was copied; an
 * ordinary checkpoint changes only pages that are not definite. Not thread-safe: the feed thread;
 * it hands out immutable {@link ReplicaProbe probes}.
 */
final class ReplicaSums {
  /** Pages of the database file that are remembered, 8 MiB of memory; later ones are unwatched. */
  static final int MAX_PAGES = 1 << 20;

  private final int pageSize;

  /** Stored checksum per frame; at 0 the header's. */
  private long[] chain = new long[1024];

  /** Checksum from zero of the page in a frame. */
  private long[] terms = new long[1024];

  private int[] pageOf = new int[1024];

  /** Checksum from zero of a page before this log; 0 when unknown. */
  private long[] pages = new long[1024];

  private PageMap latest = new PageMap();
  private long salts;
  private int frames;
  private int databasePages;

  /** Pages beyond were cut off at {@link #cutFrame}, and may have come back without a frame. */
  private int uncutPages = Integer.MAX_VALUE;

  private int cutFrame;

  ReplicaSums(int pageSize, int databasePages) {
    this.pageSize = pageSize;
    this.databasePages = databasePages;
  }

  /**
   * Learns a log that was there before.
   *
   * @throws DamagedException when it is not what its index says
   */
  void load(FileChannel wal, WalIndexHeader header) throws IOException {
    WalHeader first = WalHeader.read(wal);
    if (first == null || first.salts != header.salts || first.pageSize != pageSize) {
      throw new DamagedException("the log is not the one its index describes");
    }
    started(first.checksum);
    LogPosition at = new LogPosition(0, first.salts, 0, first.checksum);
    try {
      while (at.frame < header.maxFrame) {
        LogPiece piece =
            new WalReader(wal).read(at, header.maxFrame, pageSize, first.bigEndian, 1 << 20);
        long sum = at.checksum;
        for (int i = 0; i < piece.count(); i++) {
          sum = piece.storedChecksum(i);
          staged(at.frame + i + 1, piece.page(i), piece.dataTerm(i), sum);
          if (piece.databaseSize(i) != 0) {
            committed(at.frame + i + 1, first.salts, piece.databaseSize(i));
          }
        }
        at = piece.end;
      }
    } catch (ContinuityException e) {
      throw new DamagedException("the log was changed: " + e.getMessage());
    }
    if (at.checksum != header.frameChecksum || frames != header.maxFrame) {
      throw new DamagedException("the log's checksum differs from its index");
    }
  }

  /** The log begins anew with a header of this checksum. */
  void started(long headerChecksum) {
    chain[0] = headerChecksum;
  }

  /** A frame after the last committed or staged one; forgotten when staged again. */
  void staged(int frame, int page, long dataTerm, long checksum) {
    if (frame >= chain.length) {
      chain = Arrays.copyOf(chain, frame * 2);
      terms = Arrays.copyOf(terms, frame * 2);
      pageOf = Arrays.copyOf(pageOf, frame * 2);
    }
    chain[frame] = checksum;
    terms[frame] = dataTerm;
    pageOf[frame] = page;
  }

  /** All frames up to {@code last} are committed, the database has {@code size} pages. */
  void committed(int last, long logSalts, int size) {
    salts = logSalts;
    boolean cut = size < databasePages;
    for (int frame = frames + 1; frame <= last; frame++) {
      latest.put(pageOf[frame], frame);
      cut |= pageOf[frame] > size;
    }
    if (cut) {
      uncutPages = Math.min(uncutPages, size);
      cutFrame = last;
    }
    frames = last;
    databasePages = size;
  }

  /** The whole log was copied into the database file, and emptied. */
  void emptied() {
    int kept = Math.min(uncutPages, pages.length - 1);
    Arrays.fill(pages, kept + 1, pages.length, 0);
    for (int frame = 1; frame <= frames; frame++) {
      int page = pageOf[frame];
      if (page <= watchedPages() && latest.get(page) == frame && isDefinite(page, frame)) {
        remember(page, terms[frame]);
      }
    }
    latest = new PageMap();
    frames = 0;
    uncutPages = Integer.MAX_VALUE;
    cutFrame = 0;
  }

  /** Believes what a probe saw, where nothing was known. */
  void learn(ReplicaProbe probe) {
    for (int i = 0; i < probe.pages.length; i++) {
      int page = probe.pages[i];
      if (!probe.known[i] && (page >= pages.length || pages[page] == 0)) {
        remember(page, probe.seen[i]);
      }
    }
  }

  private void remember(int page, long term) {
    if (page >= pages.length) {
      pages = Arrays.copyOf(pages, Math.max(page + 1, Math.min(page * 2, MAX_PAGES + 1)));
    }
    pages[page] = term;
  }

  private boolean isDefinite(int page, int frame) {
    return page <= uncutPages || frame > cutFrame;
  }

  long headerChecksum() {
    return chain[0];
  }

  /** Committed frames of the log. */
  int frames() {
    return frames;
  }

  /** Pages of the database file that can be probed: 1 to this. */
  int watchedPages() {
    return Math.min(databasePages, MAX_PAGES);
  }

  /**
   * A look at frames and pages.
   *
   * @param fromFrame first frame, at least 1
   * @param toFrame last frame, less than {@code fromFrame} for none
   * @param backfilled frames known to be in the database file
   * @param candidates pages to look at; those without a definite content are left out
   */
  ReplicaProbe probe(
      ReplicaLog log, int fromFrame, int toFrame, int backfilled, int... candidates) {
    int[] chosen = new int[candidates.length];
    long[] expected = new long[candidates.length];
    boolean[] known = new boolean[candidates.length];
    int count = 0;
    for (int page : candidates) {
      int frame = latest.get(page);
      if (!isDefinite(page, frame) || frame > backfilled) {
        continue;
      }
      long sum = frame != 0 ? terms[frame] : page < pages.length ? pages[page] : 0;
      chosen[count] = page;
      expected[count] = sum;
      known[count] = frame != 0 || sum != 0;
      count++;
    }
    boolean none = toFrame < fromFrame;
    return new ReplicaProbe(
        log,
        salts,
        none ? 1 : fromFrame,
        none ? new long[1] : Arrays.copyOfRange(chain, fromFrame - 1, toFrame + 1),
        Arrays.copyOf(chosen, count),
        Arrays.copyOf(expected, count),
        Arrays.copyOf(known, count));
  }
}
