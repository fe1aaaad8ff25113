package io.rwsplit.replication;

import io.rwsplit.log.OncePer;
import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which JVM feeds the replicas of a master: the one that holds the lock on {@code
 * <master>-rwsplit-lock} and the leader's lock in {@link SharedPositions}. Either alone would do
 * until somebody deletes the file it is on; then the other still keeps two JVMs from leading by the
 * same words, and whoever leads notices within some 50 ms and stands down.
 *
 * <p>Used by the capture thread.
 */
final class Leadership {
  private static final Logger LOG = LoggerFactory.getLogger(Leadership.class);
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private final MasterFile file;
  private final Roles roles;
  private final List<ReplicaFeed> feeds;
  private final OncePer troubles = new OncePer(LOG);
  private final long[] suspicions = new long[SharedPositions.SLOTS];
  private List<SharedReplica> published = new ArrayList<SharedReplica>();
  private SharedPositions shared;
  private boolean leading;
  private boolean alone;
  private String obstacle = "";
  private long looked;

  Leadership(MasterFile file, Roles roles, List<ReplicaFeed> feeds) {
    this.file = file;
    this.roles = roles;
    this.feeds = feeds;
  }

  /** True when this JVM feeds the replicas, or may now; else it follows whoever does. */
  boolean acquire() throws IOException {
    if (leading) {
      if (isHeld()) {
        return true;
      }
      release();
    }
    if (!file.hasDirectory()) {
      return true;
    }
    if (file.lock() && lead()) {
      return true;
    }
    follow();
    return false;
  }

  /** False once this JVM's claim is void: somebody has removed or replaced a file it locks. */
  boolean isHeld() {
    return leading && file.isHeld() && (alone || shared.isInPlace());
  }

  /** Why nobody can be followed. */
  String obstacle() {
    return obstacle;
  }

  private boolean lead() {
    alone = false;
    try {
      SharedPositions mine = mine();
      if (!mine.lockLeader()) {
        obstacle = ", and another the positions";
        return false;
      }
      shared = mine;
    } catch (IOException | RuntimeException e) {
      troubles.warn(
          "positions", "other JVMs cannot be told how far the replicas of this master are", e);
      drop();
      alone = true;
    }
    roles.lead(shared);
    if (shared != null) {
      shared.begin(pid());
      publish();
    }
    for (ReplicaFeed feed : feeds) {
      feed.follow(null);
    }
    leading = true;
    return true;
  }

  /** The file of the master, made if it is not there or no good. */
  private SharedPositions mine() throws IOException {
    Path path = SharedPositions.pathOf(file.path());
    if (shared != null && shared.isOf(file.path()) && shared.isInPlace()) {
      return shared;
    }
    drop();
    SharedPositions opened = null;
    try {
      opened = SharedPositions.open(path);
      if (opened != null && opened.newestNumber() > SharedPositions.MAX_TICKET) {
        opened.leave();
        opened = null;
      }
    } catch (IOException e) {
      LOG.info("{}: it is made anew", e.getMessage());
    }
    if (opened == null) {
      SharedPositions.create(path);
      opened = SharedPositions.open(path);
    }
    if (opened == null) {
      throw new IOException(path + " was removed");
    }
    return opened;
  }

  private void publish() {
    List<SharedReplica> mine = new ArrayList<SharedReplica>();
    for (int i = 0; i < SharedPositions.REPLICAS; i++) {
      shared.put(i, SharedPositions.APPLIED, -1);
      shared.put(i, SharedPositions.STATE, SharedReplica.code(FeedState.STANDBY));
    }
    for (ReplicaFeed feed : feeds) {
      int entry = shared.findOrAdd(SharedReplica.hash(feed.path()));
      mine.add(entry < 0 ? null : new SharedReplica(shared, entry));
    }
    for (int i = 0; i < feeds.size(); i++) {
      feeds.get(i).publishTo(mine.get(i));
    }
    for (int i = 0; i < suspicions.length; i++) {
      suspicions[i] = shared.suspicion(i);
    }
    published = mine;
  }

  /** A feed has taken its place among the others. */
  void joins(int index, ReplicaFeed feed) {
    if (leading && shared != null) {
      int entry = shared.findOrAdd(SharedReplica.hash(feed.path()));
      SharedReplica place = entry < 0 ? null : new SharedReplica(shared, entry);
      feed.publishTo(place);
      if (index < published.size()) {
        published.set(index, place);
      } else {
        published.add(place);
      }
    }
    Follower follower = roles.follower();
    if (follower != null) {
      follower.joins(index, feed.followed());
      feed.follow(follower);
    }
  }

  private void follow() {
    long now = System.nanoTime();
    if (now - looked < LOOK_NANOS) {
      return;
    }
    looked = now;
    Follower follower = roles.follower();
    if (follower != null && shared != null && shared.isOf(file.path()) && shared.isInPlace()) {
      follower.tick();
      return;
    }
    drop();
    try {
      shared = SharedPositions.open(SharedPositions.pathOf(file.path()));
    } catch (IOException | RuntimeException e) {
      obstacle = ": " + e.getMessage();
      return;
    }
    if (shared == null) {
      obstacle = " and has not told its positions";
      return;
    }
    List<FollowedReplica> replicas = new ArrayList<FollowedReplica>();
    for (ReplicaFeed feed : feeds) {
      replicas.add(feed.followed());
    }
    Follower next = new Follower(shared, replicas, file.path());
    for (ReplicaFeed feed : feeds) {
      feed.follow(next);
    }
    roles.follow(next);
  }

  /** Leads no more, and follows nobody. */
  void release() {
    for (ReplicaFeed feed : feeds) {
      feed.publishTo(null);
    }
    leading = false;
    drop();
    file.unlock();
  }

  private void drop() {
    for (ReplicaFeed feed : feeds) {
      feed.follow(null);
    }
    roles.leave();
    if (shared != null) {
      shared.leave();
      shared = null;
    }
  }

  // The leader, attached to the master.

  /** Shows others that this JVM lives. */
  void beat() {
    if (shared != null) {
      shared.beat();
    }
  }

  /** All up to this ticket is in a sample; the newest change had the other ticket. */
  void sampled(long ticket, long change) {
    if (shared != null && shared.sampled() != ticket) {
      shared.sampled(ticket, change);
    }
  }

  /** What the newest sample has found. */
  void found(MasterLog log, WalIndexHeader header, long ticket) {
    if (shared != null) {
      SharedSample.write(shared, log.shmHash(), header, ticket);
    }
  }

  /** The master was let go of. */
  void lost() {
    if (shared != null && leading) {
      SharedSample.forget(shared);
    }
  }

  /** From time to time. */
  void watch() throws IOException {
    if (shared != null) {
      shared.endWritesOfTheDead();
      for (ReplicaFeed feed : feeds) {
        feed.publishLag();
      }
      for (int i = 0; i < suspicions.length; i++) {
        long suspicion = shared.suspicion(i);
        if (suspicion != suspicions[i]) {
          suspicions[i] = suspicion;
          suspect((int) (suspicion & (SharedPositions.REPLICAS - 1)));
        }
      }
    }
  }

  private void suspect(int entry) {
    for (int i = 0; i < published.size(); i++) {
      SharedReplica each = published.get(i);
      if (each != null && each.entry() == entry) {
        feeds.get(i).suspect("a read of another JVM failed");
      }
    }
  }

  private static long pid() {
    try {
      return Long.parseLong(Paths.get("/proc/self").toRealPath().getFileName().toString());
    } catch (IOException | RuntimeException e) {
      // It is only shown.
      return 0;
    }
  }
}
