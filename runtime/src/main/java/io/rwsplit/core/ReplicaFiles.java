package io.rwsplit.core;

import io.rwsplit.bootstrap.ConnectionHook;
import io.rwsplit.config.ReplicationMode;
import io.rwsplit.config.Settings;
import io.rwsplit.engine.Engine;
import io.rwsplit.engine.JdbcUrl;
import io.rwsplit.jdbc.ReplicaFileConnection;
import io.rwsplit.log.OncePer;
import io.rwsplit.log.ScopedLoggers;
import io.rwsplit.sql.SqlClassifier;
import java.util.List;

/**
 * Connections that the application opens to the file of a replica which rwsplit feeds: reading it
 * is harmless, writing to it a mistake that is said. Thread-safe.
 */
final class ReplicaFiles {
  private final List<JdbcUrl> replicas;
  private final SqlClassifier classifier = new SqlClassifier(Engine.SQLITE);
  private final OncePer warnings = new OncePer(ScopedLoggers.of(ReplicaFiles.class));
  private final ReplicationFeed feed;

  private ReplicaFiles(Settings settings, ReplicationFeed feed) {
    this.replicas = settings.replicas();
    this.feed = feed;
  }

  /**
   * The replicas' files.
   *
   * @param feed null where rwsplit feeds no files
   * @return null where it feeds none
   */
  static ReplicaFiles of(Settings settings, ReplicationFeed feed) {
    boolean feeds =
        settings.engine() == Engine.SQLITE && settings.replication() == ReplicationMode.WAL;
    return feeds ? new ReplicaFiles(settings, feed) : null;
  }

  /** The hook of a connection to this URL. */
  ConnectionHook hook(String url) {
    JdbcUrl opened = JdbcUrl.parse(url);
    for (int i = 0; i < replicas.size(); i++) {
      if (replicas.get(i).sameDatabase(opened)) {
        int replica = i;
        return new ReplicaFileConnection(
            classifier,
            new ReplicaFileConnection.Listener() {
              @Override
              public void written(Throwable failure) {
                say(replica, failure);
              }
            });
      }
    }
    return ConnectionHook.UNMANAGED;
  }

  private void say(int replica, Throwable failure) {
    String name = "replica" + (replica + 1);
    if (failure != null) {
      warnings.warn(
          "write refused " + name,
          "the application tries to write to " + name + "'s file, and fails: " + failure,
          null);
      return;
    }
    warnings.warn(
        "written " + name,
        "the application has written to " + name + "'s file: it is compared with the master",
        null);
    feed.replicator().writtenByApplication(replica);
  }
}
