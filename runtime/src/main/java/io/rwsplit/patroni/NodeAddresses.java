package io.rwsplit.patroni;

import io.rwsplit.engine.Host;
import io.rwsplit.engine.JdbcUrl;
import java.util.ArrayList;
import java.util.List;

/**
 * Which of the configured nodes a member of Patroni is: the one whose URL has its host and port.
 * Names are never resolved, so both must be written alike. Immutable.
 */
final class NodeAddresses {
  private final List<Host> hosts = new ArrayList<>();

  /**
   * The addresses of nodes.
   *
   * @param nodes their URLs by index; one with several hosts is nobody's
   */
  NodeAddresses(List<JdbcUrl> nodes) {
    for (JdbcUrl node : nodes) {
      hosts.add(node.hosts().size() == 1 ? node.hosts().get(0) : null);
    }
  }

  /** How many nodes there are. */
  int count() {
    return hosts.size();
  }

  /** Index of the node that a member is; -1 when it is none, and for null. */
  int indexOf(Member member) {
    if (member == null || member.host() == null) {
      return -1;
    }
    return hosts.indexOf(member.host());
  }
}
