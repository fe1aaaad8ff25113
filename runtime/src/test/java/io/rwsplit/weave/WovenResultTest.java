package io.rwsplit.weave;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rwsplit.bootstrap.HookedRows;
import io.rwsplit.bootstrap.RowsHook;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import net.bytebuddy.ByteBuddy;
import org.junit.jupiter.api.Test;

/** What a woven result tells its hook, and what it does without one. */
class WovenResultTest {
  private static final String NAME = "io.rwsplit.weave.made.Rows";

  /** What the result inherits, and the weaving is to override. */
  public abstract static class Inherited {
    boolean more;
    SQLException fails;
    int closed;
    int cleared;

    /** As a driver's. */
    public boolean next() throws SQLException {
      fail();
      return more;
    }

    /** As a driver's. */
    public void close() throws SQLException {
      closed++;
      fail();
    }

    /** As a driver's. */
    public Statement getStatement() throws SQLException {
      fail();
      return null;
    }

    /** As a driver's. */
    public SQLWarning getWarnings() {
      return new SQLWarning("the driver's");
    }

    /** As a driver's. */
    public void clearWarnings() {
      cleared++;
    }

    private void fail() throws SQLException {
      if (fails != null) {
        throw fails;
      }
    }
  }

  /** Writes down what it is told. */
  private static final class Noting implements RowsHook {
    final List<String> told = new ArrayList<>();
    final SQLWarning warning = new SQLWarning("the hook's");
    boolean answers;

    @Override
    public void moving(Object result) {
      told.add("moving");
    }

    @Override
    public void stuck(Object result, Throwable failure) {
      told.add("stuck: " + failure.getMessage());
    }

    @Override
    public void moved(Object result, boolean more) {
      told.add("moved: " + more);
    }

    @Override
    public boolean closing(Object result) {
      told.add("closing");
      return Collections.frequency(told, "closing") == 1;
    }

    @Override
    public void closed(Object result, boolean first, boolean ok) {
      told.add("closed, first: " + first + ", ok: " + ok);
    }

    @Override
    public Object statement(Object result, Object own) {
      told.add("statement");
      return own;
    }

    @Override
    public Object warnings(Object result) {
      return answers ? warning : this;
    }

    @Override
    public boolean clearWarnings(Object result) {
      return answers;
    }
  }

  private final List<String> problems = new ArrayList<>();
  private final ResultSet rows = make();
  private final Inherited driver = (Inherited) rows;
  private final Noting hook = new Noting();

  private ResultSet make() {
    DriverTransformer transformer =
        new DriverTransformer(
            Collections.singleton("io/rwsplit/weave/made/"),
            new DriverTransformer.Listener() {
              @Override
              public void failed(String internalName, Throwable cause) {
                problems.add(internalName + ": " + cause);
              }

              @Override
              public void unweavable(String internalName, String method) {
                problems.add(internalName + "." + method);
              }
            });
    List<Class<?>> none = transformer.notice(new Class<?>[0]);
    byte[] bytes =
        new ByteBuddy()
            .subclass(Inherited.class)
            .implement(ResultSet.class)
            .name(NAME)
            .make()
            .getBytes();
    try {
      ClassLoader loader =
          new ClassLoader(WovenResultTest.class.getClassLoader()) {
            @Override
            protected Class<?> findClass(String name) {
              byte[] woven = transformer.transform(this, name.replace('.', '/'), null, null, bytes);
              return defineClass(name, woven, 0, woven.length);
            }
          };
      Object made = loader.loadClass(NAME).getDeclaredConstructor().newInstance();
      assertEquals(Collections.emptyList(), none);
      assertEquals(Collections.emptyList(), problems);
      return (ResultSet) made;
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(NAME, e);
    }
  }

  @Test
  void withoutHookItIsTheDrivers() throws Exception {
    driver.more = true;
    assertTrue(rows.next());
    assertNull(rows.getStatement());
    assertEquals("the driver's", rows.getWarnings().getMessage());
    rows.clearWarnings();
    rows.close();
    assertEquals(1, driver.cleared);
    assertEquals(1, driver.closed);
    assertNull(((HookedRows) rows).rwsplit$hook());
  }

  @Test
  void theHookIsToldOfRows() throws Exception {
    ((HookedRows) rows).rwsplit$hook(hook);
    assertSame(hook, ((HookedRows) rows).rwsplit$hook());
    driver.more = true;
    assertTrue(rows.next());
    driver.more = false;
    assertFalse(rows.next());
    driver.fails = new SQLException("lost");
    assertSame(driver.fails, assertThrows(SQLException.class, rows::next));
    assertEquals(
        Arrays.asList("moving", "moved: true", "moving", "moved: false", "moving", "stuck: lost"),
        hook.told);
  }

  @Test
  void theHookIsToldOfTheEnd() throws Exception {
    ((HookedRows) rows).rwsplit$hook(hook);
    rows.close();
    driver.fails = new SQLException("again");
    assertSame(driver.fails, assertThrows(SQLException.class, rows::close));
    assertEquals(2, driver.closed);
    assertEquals(
        Arrays.asList(
            "closing",
            "closed, first: true, ok: true",
            "closing",
            "closed, first: false, ok: false"),
        hook.told);
  }

  @Test
  void theDriverRefusesBeforeTheHookIsAsked() throws Exception {
    ((HookedRows) rows).rwsplit$hook(hook);
    assertNull(rows.getStatement());
    driver.fails = new SQLException("closed");
    assertSame(driver.fails, assertThrows(SQLException.class, rows::getStatement));
    assertEquals(Collections.singletonList("statement"), hook.told);
  }

  @Test
  void theHookMayAnswerForWarnings() throws Exception {
    ((HookedRows) rows).rwsplit$hook(hook);
    assertEquals("the driver's", rows.getWarnings().getMessage());
    rows.clearWarnings();
    assertEquals(1, driver.cleared);
    hook.answers = true;
    assertSame(hook.warning, rows.getWarnings());
    rows.clearWarnings();
    assertEquals(1, driver.cleared);
  }
}
