package legacy.frameworks.mybatis;

import java.util.List;
import org.apache.ibatis.annotations.Delete;
import org.apache.ibatis.annotations.Flush;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Options;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.SelectKey;
import org.apache.ibatis.annotations.Update;
import org.apache.ibatis.cursor.Cursor;
import org.apache.ibatis.executor.BatchResult;

/** Items by MyBatis. */
public interface ItemMapper {
  @Insert("INSERT INTO item(name, price) VALUES (#{name}, #{price})")
  @Options(useGeneratedKeys = true, keyProperty = "id", keyColumn = "id")
  int insert(Item item);

  @Insert("INSERT INTO item(name, price) VALUES (#{name}, #{price})")
  @SelectKey(
      databaseId = "sqlite",
      statement = "SELECT last_insert_rowid()",
      keyProperty = "id",
      before = false,
      resultType = long.class)
  @SelectKey(
      databaseId = "mariadb",
      statement = "SELECT LAST_INSERT_ID()",
      keyProperty = "id",
      before = false,
      resultType = long.class)
  @SelectKey(
      databaseId = "postgresql",
      statement = "SELECT currval('item_id_seq')",
      keyProperty = "id",
      before = false,
      resultType = long.class)
  int insertThenSelectKey(Item item);

  @Insert("INSERT INTO item(id, name, price) VALUES (#{id}, #{name}, #{price})")
  @SelectKey(
      statement = "SELECT -1000 - COUNT(*) FROM item",
      keyProperty = "id",
      before = true,
      resultType = long.class)
  int selectKeyThenInsert(Item item);

  @Select("SELECT id, name, price FROM item WHERE id = #{id}")
  Item find(long id);

  /** Past the session's own cache. */
  @Select("SELECT id, name, price FROM item WHERE id = #{id}")
  @Options(flushCache = Options.FlushCachePolicy.TRUE, useCache = false)
  Item findAnew(long id);

  @Select("SELECT id, name, price FROM item ORDER BY id")
  @Options(flushCache = Options.FlushCachePolicy.TRUE, useCache = false)
  List<Item> all();

  @Select("SELECT id, name, price FROM item ORDER BY id")
  @Options(fetchSize = 2)
  Cursor<Item> cursor();

  @Select({
    "<script>SELECT name FROM item WHERE id IN",
    "<foreach item='i' collection='ids' open='(' separator=',' close=')'>#{i}</foreach>",
    "ORDER BY id</script>"
  })
  List<String> names(@Param("ids") List<Long> ids);

  @Update("UPDATE item SET price = price + #{by} WHERE id = #{id}")
  int raise(@Param("id") long id, @Param("by") long by);

  @Delete("DELETE FROM item WHERE id = #{id}")
  int delete(long id);

  @Flush
  List<BatchResult> flush();
}
