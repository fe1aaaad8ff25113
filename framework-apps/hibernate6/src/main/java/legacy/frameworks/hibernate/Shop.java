package legacy.frameworks.hibernate;

import com.zaxxer.hikari.HikariDataSource;
import jakarta.persistence.LockModeType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import legacy.frameworks.Access;
import legacy.frameworks.Page;
import legacy.frameworks.Phase;
import org.hibernate.ScrollMode;
import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.hibernate.query.Query;

/**
 * A shop by Hibernate.
 *
 * <p>Arguments: JDBC URL, user, password.
 */
public final class Shop {
  private static final String AFTER_TRANSACTION =
      "DELAYED_ACQUISITION_AND_RELEASE_AFTER_TRANSACTION";
  private static final String AFTER_STATEMENT = "DELAYED_ACQUISITION_AND_RELEASE_AFTER_STATEMENT";
  private static final String HOLD = "DELAYED_ACQUISITION_AND_HOLD";
  private static final int ROUND = 40;

  private final Access access;
  private final Factories factories;

  private Shop(Access access) {
    this.access = access;
    factories = new Factories(access);
  }

  /** Runs it. */
  public static void main(String[] args) throws Exception {
    new Shop(new Access(args[0], args[1], args[2])).run();
  }

  private void run() throws Exception {
    try (HikariDataSource pool = access.pool()) {
      try (SessionFactory made = factories.pooled(pool, "create", AFTER_TRANSACTION)) {
        fill(made);
        use("after transaction", made);
        locks(made);
        failures(made);
      }
      Page.fails("validated", () -> factories.pooled(pool, "validate", HOLD).close());
      try (SessionFactory validated = factories.pooled(pool, validate(), AFTER_STATEMENT)) {
        readSessions("after statement", validated);
      }
      try (SessionFactory updated = factories.own("update", HOLD)) {
        use("hold", updated);
      }
      try (SessionFactory own = factories.own(validate(), AFTER_TRANSACTION)) {
        use("own pool", own);
      }
    }
    try (HikariDataSource pool = factories.poolWithoutAutocommit();
        SessionFactory factory = factories.withoutAutocommit(pool)) {
      use("no autocommit", factory);
      manual(factory);
    }
  }

  /** SQLite's INTEGER PRIMARY KEY is not what Hibernate expects of a BIGINT. */
  private String validate() {
    return access.isSqlite() ? "none" : "validate";
  }

  private static <T> T inTransaction(SessionFactory factory, Function<Session, T> work) {
    try (Session session = factory.openSession()) {
      session.beginTransaction();
      try {
        T result = work.apply(session);
        session.getTransaction().commit();
        return result;
      } catch (RuntimeException e) {
        session.getTransaction().rollback();
        throw e;
      }
    }
  }

  private void fill(SessionFactory factory) throws Exception {
    Phase.transaction(
        "hibernate identity",
        () ->
            Page.say(
                "identity",
                inTransaction(
                    factory,
                    session -> {
                      List<Object> made = new ArrayList<>();
                      for (String name : new String[] {"ann", "bob", "cid"}) {
                        Customer customer = new Customer(name, 100);
                        session.persist(customer);
                        made.add(customer);
                      }
                      return made;
                    })));
    Page.say(
        "sequence",
        inTransaction(
            factory,
            session -> {
              Customer ann = session.getReference(Customer.class, 1L);
              List<Object> made = new ArrayList<>();
              for (int i = 0; i < 25; i++) {
                Purchase purchase = new Purchase(ann, "article " + i, i);
                session.persist(purchase);
                made.add(purchase);
              }
              return made;
            }));
    Page.say(
        "updated",
        inTransaction(
            factory,
            session -> {
              List<Purchase> all = purchases(session).list();
              for (Purchase each : all) {
                each.setAmount(each.getAmount() + 100);
              }
              session.flush();
              return session
                  .createQuery("select sum(amount) from Purchase", Long.class)
                  .getSingleResult();
            }));
  }

  private static Query<Purchase> purchases(Session session) {
    return session.createQuery("from Purchase order by id", Purchase.class);
  }

  /** What every kind of factory is put to. */
  private void use(String kind, SessionFactory factory) throws Exception {
    Phase.transaction(
        "hibernate " + kind,
        () ->
            inTransaction(
                factory,
                session -> {
                  Customer bob = session.find(Customer.class, 2L);
                  bob.setCredit(bob.getCredit() + 7);
                  session.flush();
                  Page.say(
                      "own write",
                      session
                          .createQuery("select credit from Customer where name = 'bob'", Long.class)
                          .getSingleResult());
                  Page.say("purchases", session.find(Customer.class, 1L).getPurchases().size());
                  return null;
                }));
    // Another session sees it.
    try (Session second = factory.openSession()) {
      Page.say("second session", second.find(Customer.class, 2L));
    }
    Page.say(
        "in a transaction", inTransaction(factory, session -> session.find(Customer.class, 2L)));
    inTransaction(factory, Shop::streams);
    if (!access.isSqlite()) {
      Phase.readOnly(
          "hibernate " + kind,
          () -> {
            try (Session session = factory.openSession()) {
              session.setDefaultReadOnly(true);
              session.doWork(connection -> connection.setReadOnly(true));
              try {
                session.beginTransaction();
                session.find(Customer.class, 1L).getPurchases().size();
                session.createQuery("select count(*) from Purchase", Long.class).getSingleResult();
                session.getTransaction().commit();
              } finally {
                session.doWork(connection -> connection.setReadOnly(false));
              }
            }
          });
    }
  }

  private static Object streams(Session session) {
    try (Stream<Purchase> stream = purchases(session).setFetchSize(4).getResultStream()) {
      Page.say("stream", stream.map(Purchase::getId).collect(Collectors.toList()));
    }
    try (Stream<Purchase> stream = purchases(session).setFetchSize(4).getResultStream()) {
      Page.say("left early", stream.findFirst());
    }
    int rows = 0;
    StringBuilder some = new StringBuilder();
    try (var scrolled = purchases(session).setFetchSize(3).scroll(ScrollMode.FORWARD_ONLY)) {
      while (scrolled.next()) {
        if (rows++ % 10 == 0) {
          Object row = scrolled.get();
          some.append(row instanceof Object[] ? ((Object[]) row)[0] : row).append('|');
        }
      }
    }
    Page.say("scrolled", rows + " " + some);
    return null;
  }

  /** Sessions without transactions. */
  private void readSessions(String kind, SessionFactory factory) throws Exception {
    try (Session session = factory.openSession()) {
      Page.say(kind, session.find(Customer.class, 1L));
      Page.say("lazy", session.find(Customer.class, 1L).getPurchases().size());
      Page.say("first rows", purchases(session).setMaxResults(2).setFirstResult(1).list());
      var builder = session.getCriteriaBuilder();
      var query = builder.createQuery(Customer.class);
      var from = query.from(Customer.class);
      query
          .where(builder.greaterThan(from.get("credit"), 100L))
          .orderBy(builder.asc(from.get("id")));
      Page.say("criteria", session.createQuery(query).getResultList());
      Page.say(
          "native",
          session
              .createNativeQuery("SELECT * FROM customer ORDER BY id", Customer.class)
              .getResultList());
      Object unused = streams(session);
    }
    Phase.reads(
        "hibernate " + kind,
        () -> {
          for (int i = 0; i < ROUND; i += 4) {
            try (Session session = factory.openSession()) {
              session.find(Customer.class, 1L + i % 3);
              purchases(session).setMaxResults(3).list();
              session.createNativeQuery("SELECT * FROM customer", Customer.class).list();
              session.createQuery("select count(*) from Purchase", Long.class).getSingleResult();
            }
          }
        });
  }

  private void locks(SessionFactory factory) throws Exception {
    Phase.transaction(
        "hibernate locks",
        () ->
            inTransaction(
                factory,
                session -> {
                  Page.say(
                      "locked", session.find(Customer.class, 1L, LockModeType.PESSIMISTIC_WRITE));
                  Page.say(
                      "shared", session.find(Customer.class, 2L, LockModeType.PESSIMISTIC_READ));
                  Customer cid = session.find(Customer.class, 3L);
                  session.lock(cid, LockModeType.PESSIMISTIC_FORCE_INCREMENT);
                  session.refresh(cid);
                  return null;
                }));
    readSessions("after locks", factory);
    // By text alone, without a transaction: the lock is over at once, but is the master's.
    if (!access.isSqlite()) {
      Phase.transaction(
          "hibernate lock by text",
          () -> {
            try (Session session = factory.openSession()) {
              Page.say(
                  "by text",
                  session
                      .createNativeQuery(
                          "SELECT * FROM customer WHERE id = 1 FOR UPDATE", Customer.class)
                      .list());
            }
          });
    }
  }

  private static void failures(SessionFactory factory) {
    Page.fails(
        "duplicate",
        () ->
            inTransaction(
                factory,
                session -> {
                  session.persist(new Customer("ann", 1));
                  session.flush();
                  return null;
                }));
    Page.fails(
        "stale",
        () -> {
          try (Session first = factory.openSession()) {
            Customer read = first.find(Customer.class, 3L);
            inTransaction(
                factory,
                session -> {
                  session.find(Customer.class, 3L).setCredit(5);
                  return null;
                });
            first.beginTransaction();
            read.setCredit(6);
            try {
              first.flush();
            } finally {
              first.getTransaction().rollback();
            }
          }
        });
    Page.say("kept", inTransaction(factory, session -> session.find(Customer.class, 3L)));
  }

  /** Read sessions without autocommit, and without a transaction of Hibernate's. */
  private static void manual(SessionFactory factory) throws Exception {
    Phase.transaction(
        "hibernate manual",
        () -> {
          try (Session session = factory.openSession()) {
            Page.say("manual", session.find(Customer.class, 1L));
            session.doWork(connection -> Page.say("autocommit", connection.getAutoCommit()));
            Page.say("counted", purchases(session).list().size());
          }
        });
  }
}
