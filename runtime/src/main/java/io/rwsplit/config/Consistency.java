package io.rwsplit.config;

/** Which completed writes a read must not miss. */
public enum Consistency {
  /** None: any replica within the lag limit serves. */
  EVENTUAL,
  /** Those of its own connection and of its own thread; reads never go back in time. */
  SESSION,
  /** All of this JVM's; reads of one session never go back in time. */
  JVM,
  /** All of every JVM's with the agent on the same SQLite master; reads as in {@link #JVM}. */
  JVMS;

  /** True when a write binds the reads of all sessions, not of its own only. */
  public boolean bindsAll() {
    return this == JVM || this == JVMS;
  }
}
