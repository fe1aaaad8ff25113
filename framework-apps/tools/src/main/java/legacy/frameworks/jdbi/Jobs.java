package legacy.frameworks.jdbi;

import java.util.List;
import java.util.stream.Stream;
import org.jdbi.v3.sqlobject.customizer.FetchSize;
import org.jdbi.v3.sqlobject.statement.GetGeneratedKeys;
import org.jdbi.v3.sqlobject.statement.SqlBatch;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jdbi.v3.sqlobject.transaction.Transaction;
import org.jdbi.v3.sqlobject.transaction.Transactional;

/** Jobs by Jdbi's SQL objects. */
public interface Jobs extends Transactional<Jobs> {
  @SqlUpdate("INSERT INTO job(title) VALUES (:title)")
  @GetGeneratedKeys("id")
  long add(String title);

  @SqlBatch("INSERT INTO job(title) VALUES (:title)")
  int[] addAll(List<String> title);

  @SqlQuery("SELECT title FROM job ORDER BY id")
  List<String> titles();

  @SqlQuery("SELECT title FROM job ORDER BY id")
  @FetchSize(2)
  Stream<String> stream();

  /** The default transaction of a method. */
  @Transaction
  default List<String> replace(String title, String by) {
    rename(title, by);
    return titles();
  }

  @SqlUpdate("UPDATE job SET title = :by WHERE title = :title")
  int rename(String title, String by);

  @Transaction(readOnly = true)
  @SqlQuery("SELECT COUNT(*) FROM job")
  int countReadOnly();
}
