package legacy.consistency;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;

/**
 * One prepared SELECT of a value, executed in every state a connection can be in; prints what it
 * saw, and "WRONG" when that is not what it must see.
 *
 * <p>Arguments: JDBC URL, rounds.
 */
public final class PreparedOnce {
  private final Connection mine;
  private final Connection other;
  private final PreparedStatement read;
  private final PreparedStatement readOther;
  private final PreparedStatement write;
  private int committed;
  private int wrong;
  private int checks;

  private PreparedOnce(String url) throws SQLException {
    mine = DriverManager.getConnection(url);
    other = DriverManager.getConnection(url);
    read = mine.prepareStatement("SELECT v FROM state WHERE id = ?");
    readOther = other.prepareStatement("SELECT v FROM state WHERE id = ?");
    write = mine.prepareStatement("UPDATE state SET v = ? WHERE id = 1");
  }

  /** Runs it. */
  public static void main(String[] args) throws Exception {
    PreparedOnce program = new PreparedOnce(args[0]);
    program.committed = value(program.read, 0);
    int rounds = Integer.parseInt(args[1]);
    for (int round = 0; round < rounds; round++) {
      program.byJdbc();
      program.byText();
      program.bySavepoint();
      program.byJdbcSavepoint();
      program.autocommit();
      if (round % 10 == 0) {
        // Time for the replicas, so that reads outside of transactions go there.
        Thread.sleep(5);
      }
    }
    System.out.println("checks " + program.checks + ", wrong " + program.wrong);
    program.mine.close();
    program.other.close();
  }

  private void byJdbc() throws SQLException {
    expect("before setAutoCommit", committed);
    mine.setAutoCommit(false);
    expect("in transaction", committed);
    set(committed + 100);
    expect("uncommitted", committed + 100);
    expectOther("uncommitted, other", committed);
    mine.rollback();
    expect("rolled back", committed);
    set(++committed);
    expect("uncommitted again", committed);
    mine.commit();
    expect("committed", committed);
    expectOther("committed, other", committed);
    set(++committed);
    mine.setAutoCommit(true);
    expect("committed by setAutoCommit", committed);
    expectOther("committed by setAutoCommit, other", committed);
  }

  private void byText() throws SQLException {
    try (Statement statement = mine.createStatement()) {
      statement.execute("BEGIN");
      expect("in BEGIN", committed);
      set(committed + 200);
      expect("uncommitted in BEGIN", committed + 200);
      expectOther("uncommitted in BEGIN, other", committed);
      statement.execute("ROLLBACK");
      expect("after ROLLBACK", committed);
      statement.executeUpdate("begin immediate");
      set(++committed);
      expect("uncommitted in begin immediate", committed);
      statement.executeUpdate("/* done */ END");
      expect("after END", committed);
      expectOther("after END, other", committed);
    }
  }

  private void bySavepoint() throws SQLException {
    try (Statement statement = mine.createStatement()) {
      statement.execute("SAVEPOINT outermost");
      set(committed + 300);
      expect("in SAVEPOINT", committed + 300);
      expectOther("in SAVEPOINT, other", committed);
      statement.execute("ROLLBACK TO outermost");
      expect("after ROLLBACK TO", committed);
      set(++committed);
      statement.execute("RELEASE outermost");
      expect("after RELEASE", committed);
      expectOther("after RELEASE, other", committed);
    }
  }

  private void byJdbcSavepoint() throws SQLException {
    mine.setAutoCommit(false);
    set(committed + 1);
    Savepoint savepoint = mine.setSavepoint("half");
    set(committed + 400);
    expect("after setSavepoint", committed + 400);
    mine.rollback(savepoint);
    expect("after rollback to savepoint", committed + 1);
    mine.releaseSavepoint(savepoint);
    mine.commit();
    committed++;
    mine.setAutoCommit(true);
    expect("after commit with savepoint", committed);
    expectOther("after commit with savepoint, other", committed);
  }

  private void autocommit() throws SQLException {
    set(++committed);
    expect("after autocommit write", committed);
    expectOther("after autocommit write, other", committed);
    try {
      write.setInt(1, -1);
      write.executeUpdate();
      wrong++;
      System.out.println("WRONG: the constraint did not hold");
    } catch (SQLException e) {
      expect("after a failed write", committed);
    }
  }

  private void set(int value) throws SQLException {
    write.setInt(1, value);
    write.executeUpdate();
  }

  private void expect(String state, int expected) throws SQLException {
    compare(state, value(read, checks), expected);
  }

  private void expectOther(String state, int expected) throws SQLException {
    compare(state, value(readOther, checks), expected);
  }

  private static int value(PreparedStatement statement, int form) throws SQLException {
    statement.setInt(1, 1);
    if (form % 2 == 0) {
      try (ResultSet result = statement.executeQuery()) {
        result.next();
        return result.getInt(1);
      }
    }
    statement.execute();
    try (ResultSet result = statement.getResultSet()) {
      result.next();
      return result.getInt(1);
    }
  }

  private void compare(String state, int seen, int expected) {
    checks++;
    if (seen != expected) {
      wrong++;
      System.out.println("WRONG " + state + ": " + seen + " instead of " + expected);
    }
  }
}
