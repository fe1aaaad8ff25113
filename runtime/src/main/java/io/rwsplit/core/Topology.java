package io.rwsplit.core;

import io.rwsplit.config.Settings;
import io.rwsplit.failover.NodeState;
import io.rwsplit.patroni.Member;
import io.rwsplit.patroni.PatroniWatch;
import io.rwsplit.topology.Lag;
import io.rwsplit.topology.Replica;
import io.rwsplit.topology.ReplicationState;
import io.rwsplit.topology.Role;
import io.rwsplit.topology.ServerView;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Puts together what is known of all databases of a cluster. Thread-safe. */
final class Topology implements Supplier<List<ServerView>> {
  private final Settings settings;
  private final Nodes nodes;

  /** Null where the configured master is the master. */
  private final FollowedMaster followed;

  /** Null where Patroni is not asked. */
  private final PatroniWatch patroni;

  /** Null for files. */
  private final ServerPositions positions;

  Topology(
      Settings settings,
      Nodes nodes,
      FollowedMaster followed,
      PatroniWatch patroni,
      ServerPositions positions) {
    this.positions = positions;
    this.settings = settings;
    this.nodes = nodes;
    this.followed = followed;
    this.patroni = patroni;
  }

  @Override
  public List<ServerView> get() {
    List<ServerView> all = new ArrayList<>();
    if (followed == null) {
      String url = settings.master().withoutSecrets();
      all.add(
          new ServerView(
              "master",
              url,
              Role.MASTER,
              null,
              Lag.unknown(),
              false,
              "is the master",
              positions == null ? ReplicationState.unknown() : positions.ofMaster(),
              null,
              null));
    }
    int master = followed == null ? -1 : followed.failover().term().node();
    for (Replica replica : nodes.get()) {
      NodeState state = followed == null ? null : followed.failover().state(replica.index());
      all.add(
          new ServerView(
              replica.name(),
              replica.url(),
              role(state, replica.index() == master),
              state == null ? null : state.position(),
              replica.lag(),
              replica.inService(),
              replica.standing(),
              replica.replication(),
              replica.traits(),
              manager(replica.index())));
    }
    return all;
  }

  private String manager(int node) {
    Member member = patroni == null ? null : patroni.member(node);
    return member == null ? null : member.toString();
  }

  private static Role role(NodeState state, boolean master) {
    if (state == null) {
      return Role.REPLICA;
    }
    if (master) {
      return Role.MASTER;
    }
    return state.claimsMaster() ? Role.UNKNOWN : state.role();
  }
}
