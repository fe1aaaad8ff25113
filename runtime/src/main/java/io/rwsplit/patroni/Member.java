package io.rwsplit.patroni;

import io.rwsplit.engine.Host;
import java.util.Collections;
import java.util.Map;

/** One server as Patroni describes it in {@code GET /cluster}. Immutable. */
public final class Member {
  /** What a member is to the cluster. */
  enum Role {
    /** It holds the leader's lock: the master, or about to be. */
    LEADER,
    /** It leads a cluster that follows another one, and takes no writes. */
    STANDBY_LEADER,
    /** It follows: by any of the names that Patroni's versions have for that. */
    REPLICA
  }

  private static final int DEFAULT_PORT = 5432;

  private final String name;
  private final Role role;
  private final String roleText;
  private final String state;
  private final Host host;
  private final Long timeline;
  private final Long lagBytes;
  private final Map<String, Object> tags;

  private Member(
      String name,
      Role role,
      String roleText,
      String state,
      Host host,
      Long timeline,
      Long lagBytes,
      Map<String, Object> tags) {
    this.name = name;
    this.role = role;
    this.roleText = roleText;
    this.state = state;
    this.host = host;
    this.timeline = timeline;
    this.lagBytes = lagBytes;
    this.tags = tags;
  }

  /**
   * Reads one entry of {@code members}; what is not known is left out of account.
   *
   * @throws PatroniFault when it has no name or role
   */
  static Member of(Object json) throws PatroniFault {
    if (!(json instanceof Map)) {
      throw new PatroniFault("its answer holds a member that is no object");
    }
    Map<?, ?> fields = (Map<?, ?>) json;
    String name = text(fields.get("name"));
    String role = text(fields.get("role"));
    if (name.isEmpty() || role.isEmpty()) {
      throw new PatroniFault("its answer holds a member without a name or a role");
    }
    return new Member(
        name,
        roleOf(role),
        role,
        text(fields.get("state")),
        host(fields),
        whole(fields.get("timeline")),
        whole(fields.get("lag")),
        tagsOf(fields.get("tags")));
  }

  private static String text(Object value) {
    return value instanceof String ? (String) value : "";
  }

  /** Null for "unknown", as Patroni writes it, and for anything else that is no whole number. */
  private static Long whole(Object value) {
    return value instanceof Long && (Long) value >= 0 ? (Long) value : null;
  }

  private static Role roleOf(String role) {
    switch (role) {
      case "leader":
        return Role.LEADER;
      case "standby_leader":
        return Role.STANDBY_LEADER;
      default:
        return Role.REPLICA;
    }
  }

  /** Null while a member has not told its address, as one that was never started. */
  private static Host host(Map<?, ?> fields) {
    String host = text(fields.get("host"));
    Long port = whole(fields.get("port"));
    if (host.isEmpty() || (port != null && (port < 1 || port > 65535))) {
      return null;
    }
    return Host.of(host, port == null ? DEFAULT_PORT : port.intValue());
  }

  private static Map<String, Object> tagsOf(Object value) {
    if (!(value instanceof Map)) {
      return Collections.emptyMap();
    }
    @SuppressWarnings("unchecked") // Json makes no other maps.
    Map<String, Object> tags = (Map<String, Object>) value;
    return tags;
  }

  /** Its name in Patroni. */
  public String name() {
    return name;
  }

  /** Where it takes connections; null when that is not known. */
  public Host host() {
    return host;
  }

  Role role() {
    return role;
  }

  /** True when it asks not to get any reads. */
  public boolean takesNoReads() {
    return isTrue(tags.get("noloadbalance"));
  }

  private static boolean isTrue(Object tag) {
    return Boolean.TRUE.equals(tag)
        || (tag instanceof Long && (Long) tag != 0)
        || (tag instanceof String && ((String) tag).equalsIgnoreCase("true"));
  }

  /** In one line for people: role, state, timeline, lag and tags. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(roleText);
    if (!state.isEmpty()) {
      text.append(", ").append(state);
    }
    if (timeline != null) {
      text.append(", timeline ").append(timeline);
    }
    if (role == Role.REPLICA) {
      text.append(", behind by ").append(lagBytes == null ? "unknown" : lagBytes + " bytes");
    }
    for (Map.Entry<String, Object> tag : tags.entrySet()) {
      text.append(", ").append(tag.getKey()).append('=').append(tag.getValue());
    }
    return text.toString();
  }
}
