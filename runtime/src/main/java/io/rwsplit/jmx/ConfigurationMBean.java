package io.rwsplit.jmx;

/** The configuration file of this JVM. */
public interface ConfigurationMBean {
  /** Its path. */
  String getFile();

  /**
   * Reads it again, and applies what may change; what has faults changes nothing.
   *
   * @return what has come of it, line by line, without secrets
   */
  String[] reload();
}
