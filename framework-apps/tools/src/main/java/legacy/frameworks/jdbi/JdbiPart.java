package legacy.frameworks.jdbi;

import java.sql.Types;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import legacy.frameworks.Access;
import legacy.frameworks.Page;
import legacy.frameworks.Phase;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.result.ResultIterator;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;
import org.jdbi.v3.sqlobject.SqlObjectPlugin;

/** Jdbi: handles, SQL objects, batches, streams, transactions with savepoints. */
public final class JdbiPart {
  private static final int ROUND = 40;

  private final Access access;
  private final Jdbi jdbi;

  public JdbiPart(Access access, DataSource pool) {
    this.access = access;
    jdbi = Jdbi.create(pool).installPlugin(new SqlObjectPlugin());
  }

  /** Runs it. */
  public void run() throws Exception {
    access.execute("CREATE TABLE job(" + access.identity("id") + ", title VARCHAR(40), grade INT)");
    writes();
    reads();
    transactions();
    sqlObjects();
    failures();
    plainReads();
  }

  private void writes() {
    jdbi.useHandle(
        handle -> {
          Page.say(
              "execute", handle.execute("INSERT INTO job(title, grade) VALUES (?, ?)", "a", 1));
          Page.say(
              "key",
              handle
                  .createUpdate("INSERT INTO job(title, grade) VALUES (:t, :r)")
                  .bind("t", "b")
                  .bindNull("r", Types.INTEGER)
                  .executeAndReturnGeneratedKeys("id")
                  .mapTo(Long.class)
                  .one());
          PreparedBatch batch =
              handle.prepareBatch("INSERT INTO job(title, grade) VALUES (:t, :r)");
          for (int i = 0; i < 3; i++) {
            batch.bind("t", "batch " + i).bind("r", i).add();
          }
          Page.say("batch", batch.execute().length);
          Page.say(
              "own rows",
              handle.select("SELECT title FROM job ORDER BY id").mapTo(String.class).list());
          handle
              .createBatch()
              .add("UPDATE job SET grade = 5 WHERE id = 1")
              .add("DELETE FROM job WHERE id = 5")
              .execute();
          handle
              .createScript(
                  "UPDATE job SET grade = 6 WHERE id = 2; INSERT INTO job(title) VALUES ('script');")
              .execute();
          Page.say("maps", handle.select("SELECT * FROM job ORDER BY id").mapToMap().list());
        });
  }

  private void reads() {
    jdbi.useHandle(
        handle -> {
          Optional<String> title =
              handle.select("SELECT title FROM job WHERE id = ?", 1).mapTo(String.class).findOne();
          Page.say("one", title);
          try (ResultIterator<String> titles =
              handle
                  .createQuery("SELECT title FROM job ORDER BY id")
                  .setFetchSize(2)
                  .mapTo(String.class)
                  .iterator()) {
            Page.say("iterator", titles.next() + titles.next());
          }
          Page.say(
              "stream",
              handle
                  .createQuery("SELECT id FROM job WHERE id IN (<ids>) ORDER BY id")
                  .bindList("ids", 1, 2, 3)
                  .mapTo(Long.class)
                  .collectIntoList());
          Page.say(
              "limited",
              handle
                  .createQuery("SELECT id FROM job ORDER BY id")
                  .setMaxRows(2)
                  .mapTo(Long.class)
                  .list());
        });
  }

  private void transactions() throws Exception {
    Phase.transaction(
        "jdbi",
        () ->
            jdbi.useTransaction(
                handle -> {
                  handle.execute("UPDATE job SET grade = 10 WHERE id = 1");
                  Page.say("own write", grade(handle));
                  handle.savepoint("before");
                  handle.execute("UPDATE job SET grade = 11 WHERE id = 1");
                  Page.say("after savepoint", grade(handle));
                  handle.rollbackToSavepoint("before");
                  Page.say("back", grade(handle));
                  handle.inTransaction(
                      inner -> inner.execute("UPDATE job SET grade = 12 WHERE id = 1"));
                }));
    Page.say("committed", jdbi.withHandle(JdbiPart::grade));
    Page.fails(
        "rolled back",
        () ->
            jdbi.useTransaction(
                handle -> {
                  handle.execute("UPDATE job SET grade = 99 WHERE id = 1");
                  throw new IllegalStateException("undo");
                }));
    Page.say("as before", jdbi.withHandle(JdbiPart::grade));
    Page.fails(
        "isolation",
        () ->
            Page.say(
                "repeatable",
                jdbi.inTransaction(TransactionIsolationLevel.REPEATABLE_READ, JdbiPart::grade)));
    Page.fails(
        "read-only",
        () ->
            jdbi.useHandle(
                handle -> {
                  handle.setReadOnly(true);
                  Page.say("read-only", handle.inTransaction(JdbiPart::grade));
                  handle.setReadOnly(false);
                }));
    if (!access.isSqlite()) {
      Phase.readOnly(
          "jdbi",
          () ->
              jdbi.useHandle(
                  handle -> {
                    handle.setReadOnly(true);
                    handle.useTransaction(
                        inner -> {
                          for (int i = 0; i < 5; i++) {
                            grade(inner);
                          }
                        });
                    handle.setReadOnly(false);
                  }));
    }
  }

  private static int grade(Handle handle) {
    return handle.select("SELECT grade FROM job WHERE id = 1").mapTo(Integer.class).one();
  }

  private void sqlObjects() throws Exception {
    Jobs jobs = jdbi.onDemand(Jobs.class);
    Page.say("added", jobs.add("object"));
    Page.say("added", jobs.addAll(List.of("x", "y", "z")).length);
    Page.say("titles", jobs.titles());
    Phase.transaction("jdbi object", () -> Page.say("replaced", jobs.replace("x", "xx")));
    Page.fails("count", () -> Page.say("count", jobs.countReadOnly()));
    jdbi.useExtension(
        Jobs.class,
        attached -> {
          try (var titles = attached.stream()) {
            Page.say("stream", titles.toList());
          }
          Page.say(
              "in a transaction",
              attached.inTransaction(
                  inner -> {
                    inner.rename("y", "yy");
                    return inner.titles();
                  }));
        });
  }

  private void failures() {
    Page.fails(
        "grammar",
        () ->
            jdbi.useHandle(
                handle -> handle.select("SELECT nothing FROM nowhere").mapToMap().list()));
    Page.say("still", jdbi.withHandle(JdbiPart::grade));
  }

  private void plainReads() throws Exception {
    Jobs jobs = jdbi.onDemand(Jobs.class);
    Phase.reads(
        "jdbi",
        () -> {
          for (int i = 0; i < ROUND; i += 2) {
            jobs.titles();
            int unused = jdbi.withHandle(JdbiPart::grade);
          }
        });
  }
}
