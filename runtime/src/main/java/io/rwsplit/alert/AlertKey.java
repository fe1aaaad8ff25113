package io.rwsplit.alert;

/** What there is at most one alert of at a time. Immutable. */
public final class AlertKey {
  private final AlertKind kind;
  private final String group;
  private final String node;

  /**
   * @param group name of the group; empty for the one without
   * @param node name of the server; empty for what concerns the whole group
   */
  public AlertKey(AlertKind kind, String group, String node) {
    this.kind = kind;
    this.group = group;
    this.node = node;
  }

  /** What it is about. */
  public AlertKind kind() {
    return kind;
  }

  /** Name of the group; empty for the one without. */
  public String group() {
    return group;
  }

  /** Name of the server; empty for the whole group. */
  public String node() {
    return node;
  }

  /** Group and server for people, as {@code shop/replica1}; empty when there is neither. */
  public String place() {
    return group.isEmpty() || node.isEmpty() ? group + node : group + "/" + node;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof AlertKey && toString().equals(other.toString());
  }

  @Override
  public int hashCode() {
    return toString().hashCode();
  }

  /** As {@code replica-lag of replica1}. */
  @Override
  public String toString() {
    String place = place();
    return place.isEmpty() ? kind.toString() : kind + " of " + place;
  }
}
