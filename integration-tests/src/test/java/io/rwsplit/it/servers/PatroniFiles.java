package io.rwsplit.it.servers;

import java.nio.file.Path;

/** The configuration files of a cluster under Patroni. */
final class PatroniFiles {
  /** Who may tell Patroni to change something, and the password. */
  static final String REST = "rest";

  /** Seconds after which a leader that says nothing has lost its role. */
  private static final int TTL = 10;

  private PatroniFiles() {}

  /** Of one Patroni and its PostgreSQL. */
  static String node(
      int node, int restPort, int etcdPort, int port, Path home, Path programs, String tags) {
    return """
        scope: shop
        name: node%1$d
        restapi:
          listen: 127.0.0.1:%2$d
          connect_address: 127.0.0.1:%2$d
          authentication: {username: %7$s, password: %7$s}
        etcd3:
          host: 127.0.0.1:%3$d
        bootstrap:
          dcs:
            ttl: %8$d
            loop_wait: 1
            retry_timeout: 3
            synchronous_mode: true
            postgresql:
              use_pg_rewind: true
              parameters:
                max_connections: 100
                shared_buffers: 16MB
                wal_keep_size: 256MB
                dynamic_shared_memory_type: mmap
                jit: 'off'
                wal_retrieve_retry_interval: 100ms
          initdb: [{encoding: UTF8}, {locale: C}, no-sync]
          pg_hba:
          - host all all 127.0.0.1/32 scram-sha-256
          - host replication postgres 127.0.0.1/32 scram-sha-256
        postgresql:
          listen: 127.0.0.1:%4$d
          connect_address: 127.0.0.1:%4$d
          data_dir: %5$s
          bin_dir: %6$s
          pgpass: %5$s.pgpass
          basebackup: [{checkpoint: fast}]
          authentication:
            superuser: {username: postgres, password: postgres}
            replication: {username: postgres, password: postgres}
          parameters: {unix_socket_directories: '', fsync: 'off'}
        tags: {%9$s}
        """
        .formatted(node, restPort, etcdPort, port, home, programs, REST, TTL, tags);
  }

  /** Of a HAProxy that leads to the leader at one port and to the others at another. */
  static String proxy(int port, int readPort, int[] ports, int[] restPorts) {
    StringBuilder text = new StringBuilder();
    text.append("defaults\n mode tcp\n retries 2\n timeout connect 4s\n timeout check 1s\n");
    text.append(" timeout client 30m\n timeout server 30m\n");
    appendListener(text, "primary", port, ports, restPorts);
    appendListener(text, "replica", readPort, ports, restPorts);
    return text.toString();
  }

  private static void appendListener(
      StringBuilder text, String role, int port, int[] ports, int[] restPorts) {
    text.append("listen ").append(role).append("\n bind 127.0.0.1:").append(port);
    text.append("\n option httpchk OPTIONS /").append(role);
    text.append("\n http-check expect status 200\n default-server inter 300ms fall 2 rise 1");
    text.append(" on-marked-down shutdown-sessions\n");
    for (int i = 0; i < ports.length; i++) {
      text.append(" server node").append(i).append(" 127.0.0.1:").append(ports[i]);
      text.append(" check port ").append(restPorts[i]).append('\n');
    }
  }
}
