/**
 * Replication of a SQLite file inside the JVM by shipping its write-ahead log.
 *
 * <p>{@link io.rwsplit.replication.SqliteReplicator} is the entry. One capture thread per master
 * keeps the master's log from being reset unseen by read transactions ("pins"), reads committed
 * frames from the -wal file and verifies them; one feed thread per replica re-chains the frames to
 * the replica's own -wal and maintains its wal-index, so that readers of the replica see whole
 * transactions only and are never blocked.
 *
 * <p>Of several JVMs on the same files one leads, the others follow by what it publishes ({@link
 * io.rwsplit.replication.Leadership}, {@link io.rwsplit.replication.Follower}).
 *
 * <p>Files beside a master {@code app.db}: {@code app.db-rwsplit-lock} (held by the one replicating
 * JVM) and {@code app.db-rwsplit-positions} (what that one tells the others). Beside a replica
 * {@code r.db}: {@code r.db-rwsplit-pos} (position record), and for the time of a copy {@code
 * r.db-rwsplit-new}.
 *
 * <p>Formats: "Database File Format" and "WAL-mode File Format" of the SQLite documentation.
 */
package io.rwsplit.replication;
