package io.rwsplit.core;

import io.rwsplit.catalog.Catalog;
import io.rwsplit.config.Settings;
import io.rwsplit.engine.Engine;
import io.rwsplit.sql.SqlClassifier;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Makes the catalog of the master: on a connection and a thread of our own. Stateless. */
final class MasterCatalog {
  /** How long the master may take to answer one question. */
  private static final int SECONDS = 10;

  private MasterCatalog() {}

  /**
   * The catalog of the configured master; asks for nothing yet.
   *
   * @param feed null when somebody else feeds the replicas
   */
  static Catalog of(
      Settings settings, AppDriver driver, SqlClassifier classifier, ReplicationFeed feed) {
    boolean relations = settings.consistencyByTable() || !settings.strongTables().isEmpty();
    Catalog.Opener opener =
        new Catalog.Opener() {
          @Override
          public Connection open() throws SQLException {
            if (settings.engine() != Engine.SQLITE) {
              return driver.openObserver(-1, SECONDS);
            }
            // Else the application may want the file for itself.
            return feed == null ? driver.openMaster() : feed.openBeside();
          }
        };
    ThreadPoolExecutor thread =
        new ThreadPoolExecutor(
            1,
            1,
            SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<Runnable>(),
            new DaemonThreads("catalog"));
    thread.allowCoreThreadTimeOut(true);
    return new Catalog(settings.engine(), classifier, opener, thread, relations);
  }
}
