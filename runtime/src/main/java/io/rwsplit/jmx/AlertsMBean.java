package io.rwsplit.jmx;

/** The alerts of this JVM, which come as notifications, too. */
public interface AlertsMBean {
  /** Those that stand and that nothing else explains, a line each. */
  String[] getActive();

  /** Notices that were sent since the start. */
  long getSent();
}
