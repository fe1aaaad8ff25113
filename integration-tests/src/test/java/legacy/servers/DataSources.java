package legacy.servers;

import com.mysql.cj.jdbc.MysqlConnectionPoolDataSource;
import com.mysql.cj.jdbc.MysqlDataSource;
import com.mysql.cj.jdbc.MysqlXADataSource;
import com.mysql.cj.jdbc.MysqlXid;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import javax.sql.PooledConnection;
import javax.sql.XAConnection;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.mariadb.jdbc.MariaDbDataSource;
import org.mariadb.jdbc.MariaDbPoolDataSource;

/**
 * Opens its connections by the data sources of both drivers, alone and as application servers do,
 * and prints what it reads. Begins after a line of input, until which it reads without printing.
 * Arguments: URL for MySQL's driver, for MariaDB's, user, password, which driver's to open.
 */
public final class DataSources {
  private DataSources() {}

  private interface Pool {
    PooledConnection open() throws SQLException;
  }

  public static void main(String[] args) throws Exception {
    MysqlDataSource plain = new MysqlDataSource();
    MysqlConnectionPoolDataSource pooled = new MysqlConnectionPoolDataSource();
    MysqlXADataSource distributed = new MysqlXADataSource();
    for (MysqlDataSource each : new MysqlDataSource[] {plain, pooled, distributed}) {
      each.setUrl(args[0]);
      each.setUser(args[2]);
      each.setPassword(args[3]);
    }
    MariaDbDataSource mariadb = new MariaDbDataSource(args[1]);
    mariadb.setUser(args[2]);
    mariadb.setPassword(args[3]);
    try (Connection connection = (args[4].equals("mysql") ? plain : mariadb).getConnection();
        Statement statement = connection.createStatement()) {
      while (System.in.available() == 0) {
        statement.executeQuery("SELECT t FROM moments").close();
        Thread.sleep(2);
      }
    }
    if (args[4].equals("mysql")) {
      alone("mysql_alone", plain);
      pooled("mysql_pooled", pooled::getPooledConnection);
      pooled("mysql_xa", distributed::getXAConnection);
      session(pooled);
      distributed("mysql_distributed", distributed.getXAConnection());
    } else {
      alone("mariadb_alone", mariadb);
      pooled("mariadb_pooled", mariadb::getPooledConnection);
      pooled("mariadb_xa", mariadb::getXAConnection);
      distributed("mariadb_distributed", mariadb.getXAConnection());
      try (MariaDbPoolDataSource pool = new MariaDbPoolDataSource(args[1] + "&maxPoolSize=2")) {
        pool.setUser(args[2]);
        pool.setPassword(args[3]);
        alone("mariadb_pool", pool);
      }
    }
  }

  private static void alone(String table, DataSource source) throws Exception {
    for (int i = 0; i < 3; i++) {
      try (Connection connection = source.getConnection()) {
        use(connection, table);
      }
    }
  }

  private static void pooled(String table, Pool pool) throws Exception {
    PooledConnection physical = pool.open();
    for (int i = 0; i < 3; i++) {
      try (Connection connection = physical.getConnection()) {
        use(connection, table);
      }
    }
    physical.close();
  }

  /** What one user of a pooled connection sets, the next one may not have. */
  private static void session(MysqlConnectionPoolDataSource source) throws Exception {
    PooledConnection physical = source.getPooledConnection();
    for (int i = 0; i < 4; i++) {
      try (Connection connection = physical.getConnection();
          Statement statement = connection.createStatement()) {
        for (int j = 0; j < 3; j++) {
          say("session", statement.executeQuery("SELECT 'a' = 'A', t FROM moments"));
          if (j == 0 && i % 2 == 0) {
            statement.execute("SET time_zone = '+09:00'");
            statement.execute("SET NAMES utf8mb4 COLLATE utf8mb4_bin");
          }
        }
      }
    }
    physical.close();
  }

  private static void distributed(String table, XAConnection physical) throws Exception {
    Connection connection = physical.getConnection();
    XAResource resource = physical.getXAResource();
    for (int i = 0; i < 2; i++) {
      Xid xid = new MysqlXid(new byte[] {(byte) i, 1}, new byte[] {2}, 3);
      resource.start(xid, XAResource.TMNOFLAGS);
      use(connection, table);
      resource.end(xid, XAResource.TMSUCCESS);
      resource.commit(xid, true);
      use(connection, table);
    }
    physical.close();
  }

  private static void use(Connection connection, String table) throws Exception {
    try (Statement statement = connection.createStatement();
        PreparedStatement insert =
            connection.prepareStatement("INSERT INTO " + table + "(v) VALUES (?)");
        PreparedStatement read =
            connection.prepareStatement("SELECT COUNT(*), MAX(v) FROM " + table + " WHERE v > ?")) {
      say(table, statement.executeQuery("SELECT COUNT(*) FROM " + table));
      insert.setInt(1, 7);
      insert.executeUpdate();
      for (int i = 0; i < 4; i++) {
        read.setInt(1, i);
        try (ResultSet result = read.executeQuery()) {
          System.out.println(table + " own " + (result.getStatement() == read));
          say(table, result);
        }
        say(table, statement.executeQuery("SELECT COUNT(*) FROM " + table));
        System.out.println(statement.execute("SELECT v FROM " + table + " LIMIT 1"));
        say(table, statement.getResultSet());
      }
      System.out.println(table + " of " + (statement.getConnection() == connection));
    }
  }

  private static void say(String what, ResultSet result) throws SQLException {
    StringBuilder line = new StringBuilder(what);
    while (result.next()) {
      for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
        line.append(' ').append(result.getString(i));
      }
    }
    System.out.println(line);
  }
}
