package legacy.history;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Random;
import javax.sql.DataSource;

/** One thread: borrows a connection, does some things with it, gives it back. */
final class Client extends Thread {
  private final Random random;
  private final boolean writes;
  private final Dialect dialect;
  private final DataSource pool;
  private final Registers registers;
  private final History history;
  private final Enough enough;
  private final Journal journal;
  private volatile Throwable failure;

  Client(
      int number,
      long seed,
      boolean writes,
      Dialect dialect,
      DataSource pool,
      Registers registers,
      History history,
      Enough enough) {
    super("client-" + number);
    this.random = new Random(seed * 31 + number);
    this.writes = writes;
    this.dialect = dialect;
    this.pool = pool;
    this.registers = registers;
    this.history = history;
    this.enough = enough;
    this.journal = new Journal(number);
  }

  Journal journal() {
    return journal;
  }

  Throwable failure() {
    return failure;
  }

  @Override
  public void run() {
    try {
      while (!enough.isReached()) {
        try (Connection connection = pool.getConnection()) {
          int number = history.numberOf(connection);
          try (Reads reads = new Reads(connection, number, dialect, random, journal);
              Writes own = new Writes(connection, number, dialect, random, journal, registers)) {
            int steps = 1 + random.nextInt(12);
            for (int i = 0; i < steps; i++) {
              step(reads, own);
            }
          }
        }
        if (random.nextInt(3) == 0) {
          // Without a pause as long as the way to a replica, a session stays on the master.
          Thread.sleep(random.nextInt(dialect.isServer() ? 60 : 4));
        }
      }
    } catch (SQLException | InterruptedException | RuntimeException e) {
      failure = e;
    }
  }

  private void step(Reads reads, Writes own) throws SQLException {
    if (writes && random.nextInt(8) == 0) {
      own.any(reads);
      enough.wrote();
    } else {
      reads.any();
      enough.read();
    }
  }
}
