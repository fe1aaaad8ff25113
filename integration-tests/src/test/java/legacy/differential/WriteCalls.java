package legacy.differential;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Writes of the random program, in every form, right and wrong. */
final class WriteCalls extends CallGroup {
  private final ReadCalls reads;

  WriteCalls(Desks desks, ReadCalls reads) {
    super(desks);
    this.reads = reads;
  }

  void write() throws SQLException {
    Statement statement = statement();
    String sql = filled(Texts.WRITES);
    int form = random.nextInt(4);
    call(
        "write " + sql,
        () -> {
          switch (form) {
            case 0:
              return statement.execute(sql) + " " + statement.getUpdateCount();
            case 1:
              return statement.executeLargeUpdate(sql);
            default:
              return statement.executeUpdate(sql);
          }
        });
    if (random.nextBoolean()) {
      reads.readText();
    }
  }

  void writePrepared() throws SQLException {
    PreparedStatement statement = prepared(desks.now.writes, Texts.PREPARED_WRITES);
    if (statement == null) {
      return;
    }
    int form = random.nextInt(3);
    int number = random.nextInt(12) + 1;
    call(
        "prepared write " + form,
        () -> {
          statement.setInt(1, number);
          if (statement.getParameterMetaData().getParameterCount() > 1) {
            statement.setInt(2, number + 1);
          }
          if (form == 0) {
            boolean query = statement.execute();
            if (query) {
              try (ResultSet result = statement.getResultSet()) {
                return Transcript.rows(result);
              }
            }
            return "count " + statement.getUpdateCount();
          }
          return statement.executeUpdate();
        });
  }

  void returning() throws SQLException {
    Statement statement = desks.now.connection.createStatement();
    String sql = filled(Texts.RETURNING);
    boolean query = random.nextBoolean();
    call(
        "returning " + sql,
        () -> {
          ResultSet result;
          if (query) {
            result = statement.executeQuery(sql);
          } else {
            statement.execute(sql);
            result = statement.getResultSet();
          }
          return Transcript.rows(result);
        });
    statement.close();
    reads.readText();
  }

  void wrong() throws SQLException {
    Statement statement = desks.now.connection.createStatement();
    String empty = pick(Texts.EMPTY);
    call("empty '" + empty + "'", () -> statement.executeUpdate(empty));
    String sql = pick(Texts.WRONG);
    int form = random.nextInt(4);
    call(
        "wrong " + form + " " + sql,
        () -> {
          switch (form) {
            case 0:
              return statement.executeUpdate(sql);
            case 1:
              return statement.execute(sql);
            case 2:
              try (PreparedStatement prepared = desks.now.connection.prepareStatement(sql)) {
                return Transcript.rows(prepared.executeQuery());
              }
            default:
              try (ResultSet result = statement.executeQuery(sql)) {
                return Transcript.rows(result);
              }
          }
        });
    statement.close();
  }

  void batch() throws SQLException {
    Statement statement = desks.now.connection.createStatement();
    int size = random.nextInt(4);
    boolean poisoned = random.nextInt(4) == 0;
    call(
        "batch of " + size,
        () -> {
          for (int i = 0; i < size; i++) {
            statement.addBatch(filled(Texts.WRITES));
          }
          if (poisoned) {
            statement.addBatch(pick(Texts.WRONG));
          }
          return statement.executeBatch();
        });
    call("batch again", statement::executeBatch);
    statement.close();
    reads.readText();
  }

  void preparedBatch() {
    PreparedStatement statement = prepared(desks.now.writes, Texts.PREPARED_WRITES);
    if (statement == null) {
      return;
    }
    int size = random.nextInt(4);
    boolean clear = random.nextInt(5) == 0;
    call(
        "prepared batch of " + size,
        () -> {
          for (int i = 0; i < size; i++) {
            statement.setInt(1, i + 3);
            if (statement.getParameterMetaData().getParameterCount() > 1) {
              statement.setInt(2, i + 4);
            }
            statement.addBatch();
          }
          if (clear) {
            statement.clearBatch();
          }
          return statement.executeBatch();
        });
  }

  void generatedKeys() throws SQLException {
    int number = random.nextInt(100_000);
    String sql = "INSERT INTO log(what) VALUES ('" + number + "')";
    if (random.nextBoolean()) {
      Statement statement = statement();
      call(
          "keys of statement",
          () -> {
            int count = statement.executeUpdate(sql, Statement.RETURN_GENERATED_KEYS);
            try (ResultSet keys = statement.getGeneratedKeys()) {
              return count + " " + Transcript.rows(keys);
            }
          });
    } else {
      call(
          "keys of prepared",
          () -> {
            try (PreparedStatement statement =
                desks.now.connection.prepareStatement(sql, Statement.RETURN_GENERATED_KEYS)) {
              statement.execute();
              return Transcript.rows(statement.getGeneratedKeys());
            }
          });
    }
    call(
        "last id",
        () -> {
          try (Statement statement = desks.now.connection.createStatement();
              ResultSet result =
                  statement.executeQuery(
                      "SELECT last_insert_rowid(), what FROM log WHERE at = last_insert_rowid()")) {
            return Transcript.rows(result);
          }
        });
  }

  void severalStatements() throws SQLException {
    Statement statement = statement();
    String first = filled(Texts.WRITES);
    String second = random.nextBoolean() ? filled(Texts.WRITES) : pick(Texts.READS);
    String sql = first + "; " + second;
    boolean update = random.nextBoolean();
    call(
        "several " + sql,
        () ->
            update
                ? statement.executeUpdate(sql)
                : statement.execute(sql) + " " + Transcript.state(statement));
    reads.readText();
  }

  void wrongForm() throws SQLException {
    Statement statement = desks.now.connection.createStatement();
    call("query by update", () -> statement.executeUpdate("SELECT id FROM item"));
    call("update by query", () -> statement.executeQuery("UPDATE item SET qty = qty WHERE id = 1"));
    call("null text", () -> statement.executeQuery(null));
    statement.close();
    String read = pick(Texts.PREPARED_READS);
    call(
        "prepared forms",
        () -> {
          try (PreparedStatement prepared = desks.now.connection.prepareStatement(read)) {
            call("prepared query by update", prepared::executeUpdate);
            call("prepared with text", () -> prepared.executeQuery("SELECT id FROM item"));
            call("prepared execute text", () -> prepared.execute("SELECT id FROM item"));
            call("wrong index", () -> voidly(() -> prepared.setInt(9, 1)));
            call("index 0", () -> voidly(() -> prepared.setInt(0, 1)));
            return prepared.isClosed();
          }
        });
    call(
        "prepared returning",
        () -> {
          try (PreparedStatement prepared =
              desks.now.connection.prepareStatement(
                  "INSERT INTO log(what) VALUES (?) RETURNING at")) {
            prepared.setString(1, "returned");
            boolean query = prepared.execute();
            return query + Transcript.rows(prepared.getResultSet());
          }
        });
    reads.readText();
  }
}
