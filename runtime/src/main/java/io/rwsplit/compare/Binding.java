package io.rwsplit.compare;

import java.sql.PreparedStatement;
import java.sql.SQLException;

/** The parameters of one execution, copied: nobody changes them any more. */
public interface Binding {
  /** Sets them all. */
  void bind(PreparedStatement statement) throws SQLException;
}
