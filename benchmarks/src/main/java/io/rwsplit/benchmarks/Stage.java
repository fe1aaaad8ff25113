package io.rwsplit.benchmarks;

import java.io.File;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;

/** A database of one measured process's own, with its replicas. Used by one thread. */
interface Stage extends AutoCloseable {

  /**
   * The URL by which the application opens it, under what it is measured; several of them, with
   * spaces between, where it is to use them in turn.
   */
  String url();

  /** The agent's properties. */
  List<String> agentOptions();

  File log();

  /**
   * Reads that the servers have counted so far, on all replicas and on the master; null where there
   * is no server to be asked. No process may be connected.
   */
  long[] serverReads() throws SQLException, IOException;

  @Override
  void close() throws IOException;
}
