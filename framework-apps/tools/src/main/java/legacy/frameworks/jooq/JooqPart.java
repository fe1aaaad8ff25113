package legacy.frameworks.jooq;

import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.multiset;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.row;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.table;

import java.util.List;
import javax.sql.DataSource;
import legacy.frameworks.Access;
import legacy.frameworks.Page;
import legacy.frameworks.Phase;
import org.jooq.Cursor;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Query;
import org.jooq.Record;
import org.jooq.Result;
import org.jooq.ResultQuery;
import org.jooq.SQLDialect;
import org.jooq.Table;
import org.jooq.impl.DSL;

/** jOOQ: its many ways to run a query, batches, RETURNING, nested transactions. */
public final class JooqPart {
  private static final int ROUND = 40;
  private static final Table<Record> BOOK = table(name("book"));
  private static final Field<Long> ID = field(name("id"), Long.class);
  private static final Field<String> TITLE = field(name("title"), String.class);
  private static final Field<Integer> PAGES = field(name("pages"), Integer.class);

  private final Access access;
  private final DSLContext dsl;

  public JooqPart(Access access, DataSource pool) {
    this.access = access;
    dsl = DSL.using(pool, dialect(access));
  }

  private static SQLDialect dialect(Access access) {
    if (access.isSqlite()) {
      return SQLDialect.SQLITE;
    }
    if (access.isPostgres()) {
      return SQLDialect.POSTGRES;
    }
    return access.isMysql() ? SQLDialect.MYSQL : SQLDialect.MARIADB;
  }

  /** Runs it. */
  public void run() throws Exception {
    access.execute(
        "CREATE TABLE book(" + access.identity("id") + ", title VARCHAR(40), pages INT)");
    writes();
    returning();
    reads();
    transactions();
    failures();
    plainReads();
  }

  private void writes() {
    Page.say(
        "insert", dsl.insertInto(BOOK, TITLE, PAGES).values("a", 10).values("b", 20).execute());
    int[] batch =
        dsl.batch(dsl.insertInto(BOOK, TITLE, PAGES).values((String) null, null))
            .bind("c", 30)
            .bind("d", 40)
            .execute();
    Page.say("batch", batch.length);
    Query[] queries = {
      dsl.update(BOOK).set(PAGES, 11).where(TITLE.eq("a")),
      dsl.deleteFrom(BOOK).where(TITLE.eq("z"))
    };
    Page.say("queries", dsl.batch(queries).execute().length);
    Page.say("plain", dsl.execute("UPDATE book SET pages = pages + ? WHERE title = ?", 1, "b"));
    Page.say("own rows", dsl.select(TITLE, PAGES).from(BOOK).orderBy(ID).fetch().format());
    dsl.insertInto(BOOK, ID, TITLE, PAGES)
        .values(1L, "again", 1)
        .onConflict(ID)
        .doUpdate()
        .set(PAGES, 12)
        .execute();
    Page.say("upserted", dsl.fetchValue("SELECT pages FROM book WHERE id = 1"));
  }

  private void returning() {
    if (access.isMysql()) {
      // It has nothing of the kind.
      return;
    }
    Page.say(
        "returning",
        dsl.insertInto(BOOK, TITLE, PAGES)
            .values("e", 50)
            .returning(ID, TITLE)
            .fetchOne()
            .format());
    Page.say("count", dsl.fetchCount(BOOK));
    Page.say(
        "delete returning",
        dsl.deleteFrom(BOOK).where(TITLE.eq("e")).returningResult(ID, TITLE).fetch().format());
    Page.say("count", dsl.fetchCount(BOOK));
    if (!access.isMariadb()) {
      Page.say(
          "update returning",
          dsl.update(BOOK)
              .set(PAGES, 31)
              .where(TITLE.eq("c"))
              .returning(PAGES)
              .fetch()
              .getValues(PAGES));
      Page.say(
          "plain returning",
          dsl.fetch("INSERT INTO book(title, pages) VALUES ('f', 60) RETURNING id, title")
              .format());
    }
    Page.say("rows", dsl.selectFrom(BOOK).orderBy(ID).fetch().format());
  }

  private void reads() {
    ResultQuery<?> query = dsl.resultQuery("SELECT id, title FROM book ORDER BY id");
    Page.say("execute", query.execute() + " " + query.getResult().size());
    Page.fails(
        "many",
        () ->
            Page.say(
                "many", dsl.fetchMany("SELECT title FROM book ORDER BY id").get(0).getValues(0)));
    try (Cursor<?> cursor = dsl.select(ID, TITLE).from(BOOK).orderBy(ID).fetchSize(2).fetchLazy()) {
      StringBuilder walked = new StringBuilder();
      while (cursor.hasNext()) {
        Result<?> some = cursor.fetchNext(2);
        walked.append(some.getValues(TITLE)).append('|');
      }
      Page.say("lazy", walked);
    }
    try (var stream = dsl.select(TITLE).from(BOOK).orderBy(ID).fetchStream()) {
      Page.say("stream", stream.map(Record::toString).toList().size());
    }
    try (var kept = dsl.select(TITLE).from(BOOK).where(ID.eq(1L)).keepStatement(true)) {
      Page.say("kept", kept.execute() + " " + kept.execute());
    }
    Page.say("exists", dsl.fetchExists(dsl.selectFrom(BOOK).where(TITLE.eq("a"))));
    Page.say(
        "groups",
        dsl.select(PAGES, count()).from(BOOK).groupBy(PAGES).orderBy(PAGES).fetch().format());
    Table<?> other = BOOK.as("other");
    // On these it is a text of several statements, which the drivers refuse by default.
    if (!access.isMariadb() && !access.isMysql()) {
      Page.say(
          "multiset",
          dsl.select(
                  TITLE,
                  multiset(
                      select(other.field(TITLE.getUnqualifiedName(), String.class)).from(other)))
              .from(BOOK)
              .where(ID.eq(1L))
              .fetch()
              .size());
    }
    Page.say("in rows", dsl.fetchCount(dsl.selectFrom(BOOK).where(row(ID, PAGES).eq(row(1L, 12)))));
    Page.say("map", dsl.select(ID, TITLE).from(BOOK).orderBy(ID).fetchMap(ID, TITLE));
  }

  private void transactions() throws Exception {
    Phase.transaction(
        "jooq",
        () ->
            dsl.transaction(
                outer -> {
                  outer.dsl().update(BOOK).set(PAGES, 100).where(ID.eq(1L)).execute();
                  try {
                    outer
                        .dsl()
                        .transaction(
                            inner -> {
                              inner.dsl().update(BOOK).set(PAGES, 200).where(ID.eq(1L)).execute();
                              throw new IllegalStateException("inner");
                            });
                  } catch (IllegalStateException e) {
                    Page.say("undone", e.getMessage());
                  }
                  Page.say("own write", pages(outer.dsl()));
                  Page.say(
                      "locked",
                      access.isSqlite()
                          ? "not here"
                          : outer
                              .dsl()
                              .select(PAGES)
                              .from(BOOK)
                              .where(ID.eq(1L))
                              .forUpdate()
                              .fetch());
                }));
    Page.say("committed", pages(dsl));
    Page.fails(
        "rolled back",
        () ->
            dsl.transaction(
                c -> {
                  c.dsl().deleteFrom(BOOK).execute();
                  throw new IllegalStateException("undo");
                }));
    Page.say("still", dsl.fetchCount(BOOK));
  }

  private static List<Integer> pages(DSLContext dsl) {
    return dsl.select(PAGES).from(BOOK).where(ID.eq(1L)).fetch(PAGES);
  }

  private void failures() {
    Page.fails("grammar", () -> dsl.fetch("SELECT nothing FROM nowhere"));
    Page.fails("key", () -> dsl.insertInto(BOOK, ID, TITLE).values(1L, "twice").execute());
  }

  private void plainReads() throws Exception {
    Phase.reads(
        "jooq",
        () -> {
          for (int i = 0; i < ROUND; i += 4) {
            pages(dsl);
            int unused = dsl.fetchCount(BOOK);
            dsl.resultQuery("SELECT title FROM book").execute();
            try (Cursor<?> cursor = dsl.selectFrom(BOOK).fetchLazy()) {
              cursor.fetchNext();
            }
          }
        });
  }
}
