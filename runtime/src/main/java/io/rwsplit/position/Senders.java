package io.rwsplit.position;

import io.rwsplit.topology.Lag;
import io.rwsplit.topology.ReplicationState;
import io.rwsplit.topology.ReplicationState.Part;

/** What a PostgreSQL master tells of the standbys it sends to. Not thread-safe. */
final class Senders {
  private final StringBuilder text = new StringBuilder();
  private final StringBuilder lags = new StringBuilder();
  private int count;

  /**
   * Adds one row of {@code pg_stat_replication}; all but the first two are null, and the last
   * negative, for a user who may not see them.
   *
   * @param name the standby's {@code application_name}
   * @param address null for a Unix socket
   * @param behindBytes WAL it has not replayed; negative while that is not known
   */
  void add(String name, String address, String state, String sync, long behindBytes) {
    if (count++ > 0) {
      text.append(", ");
    }
    String standby = name == null || name.isEmpty() ? "a standby" : name;
    String at = address == null ? "" : "@" + address;
    text.append(standby).append(at);
    if (state != null) {
      text.append(" (").append(state);
      text.append(sync == null ? "" : ", " + sync).append(')');
    }
    if (behindBytes >= 0) {
      lags.append(lags.length() == 0 ? "" : ", ").append(behindBytes);
    }
  }

  ReplicationState state() {
    String detail = count == 0 ? "sends to no standby" : "sends to " + text;
    String behind = lags.length() == 0 ? "" : "; bytes not replayed: " + lags;
    return new ReplicationState(
        Part.UNKNOWN, null, Part.UNKNOWN, null, Lag.unknown(), detail + behind);
  }

  /**
   * The part of such a detail that changes only when a standby comes, goes or changes its state.
   */
  static String lasting(String detail) {
    int lags = detail.indexOf("; bytes not replayed");
    return lags < 0 ? detail : detail.substring(0, lags);
  }
}
