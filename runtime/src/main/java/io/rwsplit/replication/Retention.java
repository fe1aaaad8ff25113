package io.rwsplit.replication;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Keeps the commits that open reads on replicas show readable from the master, page by page, though
 * the master goes on: so that a read whose replica is lost half way can be finished elsewhere.
 *
 * <p>Invariant: every commit at or after the floor is in the master's database file overlaid with
 * frames of its log. The floor is what the capture had read of the log when its pin began: the
 * database file holds nothing newer, and the log is not reset before it is copied up to there.
 * Before the floor advances, {@link #advance} copies what the pages changed on the way held before,
 * where the commit of an open read or one that a replica still shows lies in between. So the
 * master's log is never held up, and without open reads, or with short ones, next to nothing is
 * copied.
 *
 * <p>Not kept: commits beyond {@link #LAG_FRAMES} of a laggard, those before the database shrank,
 * the oldest beyond {@link #MAX_BYTES}. Whoever asks for one of them is refused.
 *
 * <p>The capture thread changes it; {@link #hold} keeps it from advancing while somebody reads.
 */
final class Retention {
  /** A replica further behind than this is not followed. */
  private static final int LAG_FRAMES = 4000;

  private static final long MAX_BYTES = Math.min(32L << 20, Runtime.getRuntime().maxMemory() / 16);

  private static final int ADVANCING = -1;
  private static final long PAUSE_NANOS = 50_000;

  /** What holders see. Immutable but for the pages, which change while nobody holds. */
  static final class Kept {
    final MasterLog log;
    final FrameOrder order;
    final long floor;
    final LogPosition floorPosition;

    /** Commits before this place are not kept. */
    final long from;

    final PastPages pages;

    /** Newest frame of each page up to the floor, in the log that was current at the floor. */
    final PageMap latest;

    Kept(
        MasterLog log,
        FrameOrder order,
        long floor,
        LogPosition floorPosition,
        long from,
        PastPages pages,
        PageMap latest) {
      this.log = log;
      this.order = order;
      this.floor = floor;
      this.floorPosition = floorPosition;
      this.from = from;
      this.pages = pages;
      this.latest = latest;
    }
  }

  private final List<Publications> replicas;
  private final OpenReads reads = new OpenReads();

  /** Holders, or {@link #ADVANCING}. */
  private final AtomicInteger holders = new AtomicInteger();

  /** Null while no master is attached. */
  private volatile Kept kept;

  private volatile FrameOrder order;

  /** Pages of the frames after the floor; holders may read what a commit they know covers. */
  private volatile int[] pageOf = new int[1024];

  // Of the capture thread.
  private int count;
  private int pageSize;
  private int databasePages;
  private long cut;

  /** Newest frame of each page in the current log up to the floor. */
  private PageMap latest = new PageMap();

  Retention(List<Publications> replicas) {
    this.replicas = replicas;
  }

  OpenRead openRead(int replica) {
    return reads.add(replica, replicas.get(replica));
  }

  // The capture thread.

  /** The pin has begun, and the log was read to {@code header}. */
  void attached(MasterLog log, WalIndexHeader header) throws IOException {
    LogPosition at = LogPosition.of(log.generation, header);
    latest = new PageMap();
    ByteBuffer frame = ByteBuffer.allocate(WalHeader.FRAME_HEADER);
    for (int i = 1; i <= header.maxFrame; i++) {
      frame.clear();
      Channels.readFully(log.wal(), frame, WalHeader.offset(i, header.pageSize));
      latest.put(frame.getInt(0), i);
    }
    count = 0;
    cut = 0;
    pageSize = header.pageSize;
    databasePages = header.pages;
    order = FrameOrder.at(at);
    begin(log, at);
  }

  private void begin(MasterLog log, LogPosition at) {
    long floor = order.placeOf(at);
    for (Publications replica : replicas) {
      replica.notKeptBefore = floor;
    }
    kept = new Kept(log, order, floor, at, floor, new PastPages(), latest);
  }

  /** A replica joins: what it shows is newer than all that was kept for others by now. */
  void joins(Publications shown) {
    Kept now = kept;
    shown.notKeptBefore = now == null ? 0 : now.floor;
  }

  void detached() {
    kept = null;
    order = null;
  }

  /** Frames were read from the log, the successors of the last. */
  void shipped(LogPiece piece) {
    Kept now = kept;
    if (now == null) {
      return;
    }
    if (piece.end.salts != order.currentSalts()) {
      order = order.withLog(piece.end.salts, now.floor + count);
      latest = new PageMap();
      if (count > 0) {
        // The pin should have kept this from happening: nothing before is certain any more.
        count = 0;
        begin(now.log, new LogPosition(piece.end.generation, piece.end.salts, 0, 0));
        now = kept;
      }
    }
    pageSize = piece.pageSize;
    int[] pages = pageOf;
    if (count + piece.count() > pages.length) {
      pages = Arrays.copyOf(pages, Math.max(pages.length * 2, count + piece.count()));
      pageOf = pages;
    }
    for (int i = 0; i < piece.count(); i++) {
      pages[count++] = piece.page(i);
      int size = piece.databaseSize(i);
      if (size != 0) {
        if (size < databasePages) {
          cut = now.floor + count;
        }
        databasePages = size;
      }
    }
  }

  /** True when the capture may advance its pin; then {@link #endAdvance} must follow. */
  boolean beginAdvance() {
    return holders.compareAndSet(0, ADVANCING);
  }

  void endAdvance() {
    holders.set(0);
  }

  /**
   * All that was shipped becomes the floor. To be called under the old pin, when the new one has
   * begun and the log was shipped after that, or with writers locked out.
   */
  void advance(LogPosition at) throws IOException {
    if (holders.get() != ADVANCING) {
      throw new IllegalStateException("somebody reads what is kept");
    }
    Kept now = kept;
    if (now == null) {
      return;
    }
    long end = now.floor + count;
    NeededPlaces needed = needed(now, end);
    long first = needed.first();
    int next = 0;
    int logStart = (int) (order.currentStart() - now.floor);
    int[] pages = pageOf;
    while (next < count && now.floor + next < first) {
      latest.put(pages[next], next + 1 - logStart);
      next++;
    }
    for (; next < count; next++) {
      keep(now, needed, next, logStart);
    }
    count = 0;
    // The pages that were cut off are in no frame.
    long from = Math.max(now.from, cut);
    if (!now.pages.isEmpty()) {
      now.pages.drop(needed);
      while (now.pages.bytes() > MAX_BYTES) {
        from = Math.max(from, needed.removeFirst(end));
        now.pages.drop(needed);
      }
    }
    kept = new Kept(now.log, order, end, at, from, now.pages, latest);
  }

  /** Keeps what the page of a frame held before it, if that is needed. */
  private void keep(Kept now, NeededPlaces needed, int index, int logStart) throws IOException {
    int page = pageOf[index];
    long place = now.floor + index + 1;
    int before = latest.get(page);
    long since = before == 0 ? 0 : order.currentStart() + before;
    if (needed.anyIn(Math.max(since, now.pages.keptUntil(page)), place)) {
      now.pages.keep(page, place, content(now.log, page, before));
    }
    latest.put(page, index + 1 - logStart);
  }

  private byte[] content(MasterLog log, int page, int frame) throws IOException {
    if (frame == 0) {
      byte[] content = new byte[pageSize];
      Channels.readFully(log.db(), ByteBuffer.wrap(content), (page - 1L) * pageSize);
      return content;
    }
    ByteBuffer whole = ByteBuffer.allocate(WalHeader.FRAME_HEADER + pageSize);
    Channels.readFully(log.wal(), whole, WalHeader.offset(frame, pageSize));
    if (whole.hasRemaining()
        || whole.getInt(0) != page
        || whole.getLong(8) != order.currentSalts()) {
      throw new ContinuityException("frame " + frame + " is not the one of page " + page);
    }
    return Arrays.copyOfRange(whole.array(), WalHeader.FRAME_HEADER, whole.capacity());
  }

  private NeededPlaces needed(Kept now, long end) {
    NeededPlaces needed = new NeededPlaces();
    // Before a laggard's bound moves: what was kept until now goes on being kept.
    reads.forEach(read -> add(read, now.from, end, needed));
    for (Publications replica : replicas) {
      PublishedCommit shown = replica.published();
      long place = shown == null ? -1 : order.placeOf(shown);
      if (place < now.from || end - place > LAG_FRAMES) {
        replica.notKeptBefore = end;
      } else {
        needed.allFrom(place);
      }
    }
    return needed;
  }

  private void add(OpenRead read, long from, long end, NeededPlaces needed) {
    Object state = read.state();
    if (state instanceof PublishedCommit) {
      PublishedCommit commit = (PublishedCommit) state;
      long place = order.placeOf(commit);
      if (place >= from) {
        needed.add(place);
        read.keeps(commit, place);
        return;
      }
    } else if (state != null) {
      long place = order.placeOf(((PublishedCommit.Earliest) state).commit);
      if (place >= from && end - place <= LAG_FRAMES) {
        needed.allFrom(place);
      }
    }
    read.keeps(null, 0);
  }

  // Any thread.

  /**
   * Keeps the floor from advancing until {@link #letGo}.
   *
   * @return false when that was not possible until the deadline by {@link System#nanoTime}
   */
  boolean hold(long deadline) {
    while (System.nanoTime() - deadline < 0) {
      int now = holders.get();
      if (now != ADVANCING && holders.compareAndSet(now, now + 1)) {
        return true;
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
    return false;
  }

  void letGo() {
    holders.decrementAndGet();
  }

  /** For holders; null while no master is attached. */
  Kept kept() {
    return kept;
  }

  /** For holders: pages of the frames after the floor, as far as the holder knows of commits. */
  int[] pagesAfterFloor() {
    return pageOf;
  }

  /** The newest order of frames; null while no master is attached. */
  FrameOrder order() {
    return order;
  }
}
