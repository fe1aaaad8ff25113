package io.rwsplit.topology;

/**
 * What a replica's server says of its own replication: whether it receives what its master logs,
 * whether it applies that, and how far behind it takes itself to be. For people, and for {@link
 * Health} where nobody knows better. Immutable.
 */
public final class ReplicationState {
  /** Whether a part of replication runs. */
  public enum Part {
    /** It does. */
    RUNNING,
    /** It does not; as far as is known because somebody wants that, or it is not its own fault. */
    STOPPED,
    /** It has stopped for an error of its own. */
    FAILED,
    /** The server does not say, or this user may not ask. */
    UNKNOWN
  }

  private static final ReplicationState UNKNOWN =
      new ReplicationState(Part.UNKNOWN, null, Part.UNKNOWN, null, Lag.unknown(), "");

  private final Part receiving;
  private final String receivingText;
  private final Part applying;
  private final String applyingText;
  private final Lag reported;
  private final String detail;

  /**
   * @param receiving whether it is connected to its master
   * @param receivingText why not; null when it is, or that is not known
   * @param applying whether it applies what it has received
   * @param applyingText why not; null when it does, or that is not known
   * @param reported how far behind it takes itself to be
   * @param detail anything else, for people; may be empty
   */
  public ReplicationState(
      Part receiving,
      String receivingText,
      Part applying,
      String applyingText,
      Lag reported,
      String detail) {
    this.receiving = receiving;
    this.receivingText = receivingText;
    this.applying = applying;
    this.applyingText = applyingText;
    this.reported = reported;
    this.detail = detail;
  }

  /** Nothing is known. */
  public static ReplicationState unknown() {
    return UNKNOWN;
  }

  /** Whether it is connected to its master. */
  public Part receiving() {
    return receiving;
  }

  /** Whether it applies what it has received. */
  public Part applying() {
    return applying;
  }

  /** How far behind it takes itself to be; a lower bound where it receives nothing. */
  public Lag reported() {
    return reported;
  }

  /**
   * Anything else, for people: semi-synchronous replication, the receiver's own state, a master's
   * standbys.
   */
  public String detail() {
    return detail;
  }

  /** The same with another lag. */
  public ReplicationState withReported(Lag other) {
    return new ReplicationState(receiving, receivingText, applying, applyingText, other, detail);
  }

  /**
   * Why nobody should read from it: it has stopped for an error of its own, which means that its
   * data differ from the master's, or that it cannot go on without help. Null when that is not so.
   */
  public String problem() {
    return applying == Part.FAILED ? "replication stopped: " + applyingText : null;
  }

  /** What explains that it is behind, or may be; null when everything runs as far as is known. */
  public String remark() {
    if (applying == Part.FAILED) {
      return problem();
    }
    if (applying == Part.STOPPED) {
      return "applies nothing" + (applyingText == null ? "" : ": " + applyingText);
    }
    if (receiving == Part.STOPPED || receiving == Part.FAILED) {
      return "receives nothing" + (receivingText == null ? "" : ": " + receivingText);
    }
    return null;
  }

  @Override
  public String toString() {
    String remark = remark();
    boolean known = receiving != Part.UNKNOWN || applying != Part.UNKNOWN;
    if (remark == null && !known && !reported.isKnown() && !detail.isEmpty()) {
      return detail;
    }
    StringBuilder text = new StringBuilder();
    text.append(remark != null ? remark : known ? "replicates" : "replication unknown");
    if (reported.isKnown()) {
      text.append(", by itself ").append(reported);
    }
    return detail.isEmpty() ? text.toString() : text.append("; ").append(detail).toString();
  }
}
