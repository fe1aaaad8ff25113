package legacy.h2;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.h2.api.Trigger;

/** Writes every changed row of a table into the table of changes, in the same transaction. */
public final class ChangeLog implements Trigger {
  private String table;

  @Override
  public void init(
      Connection connection,
      String schema,
      String trigger,
      String tableName,
      boolean before,
      int type) {
    table = tableName;
  }

  @Override
  public void fire(Connection connection, Object[] oldRow, Object[] newRow) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO changes (t, id, v, name, gone) VALUES (?,?,?,?,?)")) {
      Object[] row = newRow == null ? oldRow : newRow;
      insert.setString(1, table);
      insert.setObject(2, row[0]);
      insert.setObject(3, row[1]);
      insert.setObject(4, row[2]);
      insert.setBoolean(5, newRow == null);
      insert.executeUpdate();
    }
  }
}
