package legacy.frameworks.mybatis;

import java.util.List;
import java.util.Properties;
import javax.sql.DataSource;
import legacy.frameworks.Access;
import legacy.frameworks.Page;
import legacy.frameworks.Phase;
import org.apache.ibatis.cursor.Cursor;
import org.apache.ibatis.executor.BatchResult;
import org.apache.ibatis.mapping.Environment;
import org.apache.ibatis.mapping.VendorDatabaseIdProvider;
import org.apache.ibatis.session.Configuration;
import org.apache.ibatis.session.ExecutorType;
import org.apache.ibatis.session.SqlSession;
import org.apache.ibatis.session.SqlSessionFactory;
import org.apache.ibatis.session.SqlSessionFactoryBuilder;
import org.apache.ibatis.session.TransactionIsolationLevel;
import org.apache.ibatis.transaction.jdbc.JdbcTransactionFactory;

/** MyBatis: executors, keys, cursors, sessions with and without autocommit. */
public final class MybatisPart {
  private static final int ROUND = 40;

  private final Access access;
  private final SqlSessionFactory factory;

  public MybatisPart(Access access, DataSource pool) throws Exception {
    this.access = access;
    Configuration configuration =
        new Configuration(new Environment("app", new JdbcTransactionFactory(), pool));
    VendorDatabaseIdProvider vendors = new VendorDatabaseIdProvider();
    Properties names = new Properties();
    names.put("SQLite", "sqlite");
    names.put("PostgreSQL", "postgresql");
    names.put("MariaDB", "mariadb");
    // The same SQL.
    names.put("MySQL", "mariadb");
    vendors.setProperties(names);
    configuration.setDatabaseId(vendors.getDatabaseId(pool));
    configuration.addMapper(ItemMapper.class);
    factory = new SqlSessionFactoryBuilder().build(configuration);
  }

  /** Runs it. */
  public void run() throws Exception {
    access.execute(
        "CREATE TABLE item("
            + (access.isPostgres() ? "id BIGSERIAL PRIMARY KEY" : access.identity("id"))
            + ", name VARCHAR(40), price BIGINT)");
    Page.say("database", factory.getConfiguration().getDatabaseId());
    for (ExecutorType type : ExecutorType.values()) {
      Phase.transaction("mybatis " + type, () -> transaction(type));
      Page.say("all", all());
      autocommit(type);
    }
    rolledBack();
    plainReads();
  }

  /** As sessions are by default: not in autocommit mode. */
  private void transaction(ExecutorType type) {
    try (SqlSession session = factory.openSession(type)) {
      ItemMapper items = session.getMapper(ItemMapper.class);
      Item generated = new Item("generated " + type, 1);
      items.insert(generated);
      for (int i = 0; i < 3; i++) {
        items.insert(new Item("row " + i, i));
      }
      for (BatchResult result : items.flush()) {
        Page.say("flushed", result.getUpdateCounts().length);
      }
      Page.say("generated", generated);
      Item key = new Item("key after", 2);
      if (type != ExecutorType.BATCH) {
        items.insertThenSelectKey(key);
        Page.say("key after", key);
      }
      key = new Item("key before", 3);
      items.selectKeyThenInsert(key);
      Page.say("key before", key);
      items.raise(1, 5);
      Page.say("own write", items.find(1));
      Page.say("cached", items.find(1));
      session.commit();
    }
  }

  private void autocommit(ExecutorType type) throws Exception {
    try (SqlSession session = factory.openSession(type, true)) {
      ItemMapper items = session.getMapper(ItemMapper.class);
      items.raise(2, 7);
      if (type == ExecutorType.BATCH) {
        Page.say("flushed", items.flush().size());
      }
      Page.say("own write", items.findAnew(2));
      Item item = new Item("autocommit", 4);
      items.insert(item);
      session.flushStatements();
      Page.say("generated", item.getId());
      Page.say("own row", item.getId() == null ? "no key" : items.findAnew(item.getId()));
      if (type != ExecutorType.BATCH) {
        Item key = new Item("key", 5);
        items.insertThenSelectKey(key);
        Page.say("key", key);
      }
      Page.say("deleted", type == ExecutorType.BATCH ? "batched" : items.delete(item.getId()));
      Page.say("names", items.names(List.of(1L, 2L, 3L)));
      StringBuilder walked = new StringBuilder();
      try (Cursor<Item> cursor = items.cursor()) {
        for (Item each : cursor) {
          walked.append(each).append('|');
        }
        Page.say("cursor", walked + " " + cursor.isConsumed());
      }
      try (Cursor<Item> cursor = items.cursor()) {
        Page.say("first of a cursor", cursor.iterator().next());
      }
    }
  }

  private void rolledBack() throws Exception {
    try (SqlSession session = factory.openSession()) {
      ItemMapper items = session.getMapper(ItemMapper.class);
      items.raise(1, 1000);
      Page.say("in it", items.find(1));
      session.rollback();
      Page.say("rolled back", items.find(1));
      items.raise(1, 1000);
    }
    try (SqlSession session = factory.openSession(TransactionIsolationLevel.SERIALIZABLE)) {
      ItemMapper items = session.getMapper(ItemMapper.class);
      Phase.transaction("mybatis serializable", () -> Page.say("closed", items.find(1)));
    }
    Page.fails(
        "error",
        () -> {
          try (SqlSession session = factory.openSession()) {
            session.getConnection().prepareStatement("SELECT nothing FROM nowhere").execute();
          }
        });
  }

  private List<Item> all() {
    try (SqlSession session = factory.openSession(true)) {
      return session.getMapper(ItemMapper.class).all();
    }
  }

  private void plainReads() throws Exception {
    for (ExecutorType type : ExecutorType.values()) {
      Phase.reads(
          "mybatis " + type,
          () -> {
            try (SqlSession session = factory.openSession(type, true)) {
              ItemMapper items = session.getMapper(ItemMapper.class);
              for (int i = 0; i < ROUND; i++) {
                items.findAnew(1 + i % 3);
              }
            }
          });
    }
  }
}
