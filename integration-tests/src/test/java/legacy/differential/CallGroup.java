package legacy.differential;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** Calls of one subject, of which each is a step of the random program. */
abstract class CallGroup {
  /** One of its steps. */
  interface Step {
    void run() throws SQLException;
  }

  final Desks desks;
  final Random random;

  CallGroup(Desks desks) {
    this.desks = desks;
    this.random = desks.random;
  }

  final void call(String what, Transcript.Call call) {
    desks.call(what, call);
  }

  final String pick(String[] texts) {
    return texts[random.nextInt(texts.length)];
  }

  final Statement statement() throws SQLException {
    if (desks.now.statements.isEmpty() || random.nextInt(6) == 0) {
      desks.now.statements.add(desks.now.connection.createStatement());
    }
    return desks.now.statements.get(random.nextInt(desks.now.statements.size()));
  }

  final PreparedStatement prepared(List<PreparedStatement> made, String[] texts) {
    if (made.isEmpty() || random.nextInt(4) == 0) {
      String sql = pick(texts);
      call(
          "prepare " + sql,
          () -> {
            PreparedStatement statement = desks.now.connection.prepareStatement(sql);
            made.add(statement);
            return statement.getParameterMetaData().getParameterCount()
                + " "
                + statement.getMetaData().getColumnCount();
          });
    }
    return made.isEmpty() ? null : made.get(random.nextInt(made.size()));
  }

  final String filled(String[] texts) {
    return String.format(Locale.ROOT, pick(texts), 1 + random.nextInt(60), 1 + random.nextInt(60));
  }

  static String voidly(Step step) throws SQLException {
    step.run();
    return "done";
  }
}
