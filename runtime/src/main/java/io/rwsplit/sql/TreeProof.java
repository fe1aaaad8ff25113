package io.rwsplit.sql;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import net.sf.jsqlparser.expression.AnalyticExpression;
import net.sf.jsqlparser.expression.Function;
import net.sf.jsqlparser.expression.operators.relational.LikeExpression;
import net.sf.jsqlparser.parser.SimpleNode;
import net.sf.jsqlparser.schema.Column;
import net.sf.jsqlparser.schema.Database;
import net.sf.jsqlparser.schema.Table;
import net.sf.jsqlparser.statement.Statement;
import net.sf.jsqlparser.statement.select.AllTableColumns;
import net.sf.jsqlparser.statement.select.Select;
import net.sf.jsqlparser.statement.select.WithItem;

/**
 * The second net under a query: the tree JSqlParser made of it.
 *
 * <p>The tree is walked by the fields of its nodes, not by visitors, whose adapters skip some:
 * every object reachable from the root is looked at, and one whose class is in no list refutes the
 * proof. Iterative, so that deep trees need no stack. One instance per tree; not thread-safe.
 */
final class TreeProof {
  private static final String PACKAGE = packageOf(Statement.class);
  private static final Map<Class<?>, Field[]> FIELDS = new ConcurrentHashMap<>();

  /** Fields of a SELECT that may only hold null, false or nothing. */
  private static final Set<String> EMPTY_FIELDS =
      Collections.unmodifiableSet(
          Dialect.words(
              "intoTables forMode forUpdateTable skipLocked wait noWait mySqlSqlCalcFoundRows",
              "intoTempTable forXmlPath ksqlWindow emitChanges useWithNoLog forClause optimizeFor",
              "isolation oracleHierarchical lateralViews"));

  private final Dialect dialect;
  private final Deque<Object> pending = new ArrayDeque<>();
  private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Set<String> tables = new TreeSet<>();
  private final Set<String> ctes = new HashSet<>();
  private String objection;

  TreeProof(Dialect dialect) {
    this.dialect = dialect;
  }

  /** Walks the tree; the result is in the accessors. */
  void run(Statement root) {
    if (!(root instanceof Select)) {
      objection = root == null ? "nothing" : root.getClass().getSimpleName();
      return;
    }
    pending.push(root);
    while (!pending.isEmpty() && objection == null) {
      visit(pending.pop());
    }
    for (String cte : ctes) {
      tables.remove(cte);
    }
  }

  /** What refutes the proof, or null when nothing does. */
  String objection() {
    return objection;
  }

  /** The tables and views named, without CTEs. */
  Set<String> tables() {
    return tables;
  }

  private void visit(Object o) {
    if (!seen.add(o)) {
      return;
    }
    if (o instanceof Collection) {
      for (Object e : (Collection<?>) o) {
        push(e);
      }
    }
    if (o instanceof Map.Entry) {
      push(((Map.Entry<?, ?>) o).getKey());
      push(((Map.Entry<?, ?>) o).getValue());
      return;
    }
    Class<?> c = o.getClass();
    if (!c.getName().startsWith(PACKAGE)) {
      if (!(o instanceof Collection)) {
        objection = c.getName();
      }
      return;
    }
    if (!TreeNodes.isKnown(c) && !(dialect.isPostgres() && TreeNodes.isPostgresOperand(c))) {
      objection = c.getSimpleName();
      return;
    }
    inspect(o);
    for (Field f : fields(c)) {
      Object value = get(f, o);
      if (o instanceof Select && EMPTY_FIELDS.contains(f.getName()) && !isEmpty(value)) {
        objection = f.getName();
        return;
      }
      push(value);
    }
  }

  private void push(Object value) {
    if (value == null
        || value instanceof String
        || value instanceof Number
        || value instanceof Boolean
        || value instanceof Character
        || value instanceof Enum
        || value instanceof SimpleNode
        || value instanceof Database) {
      return;
    }
    pending.push(value);
  }

  private void inspect(Object o) {
    if (o instanceof Table) {
      table((Table) o);
    } else if (o instanceof AllTableColumns) {
      // its table is an alias as a rule; the FROM clause has the real one
      seen.add(((AllTableColumns) o).getTable());
    } else if (o instanceof Column) {
      Table alias = ((Column) o).getTable();
      if (alias != null) {
        seen.add(alias);
      }
    } else if (o instanceof WithItem) {
      WithItem item = (WithItem) o;
      if (item.getAlias() != null) {
        ctes.add(plain(item.getAlias().getName()));
      }
    } else if (o instanceof Function) {
      function(((Function) o).getName());
    } else if (o instanceof AnalyticExpression) {
      function(((AnalyticExpression) o).getName());
    } else if (o instanceof LikeExpression
        && dialect.isSqlite()
        && ((LikeExpression) o).getLikeKeyWord() == LikeExpression.KeyWord.REGEXP) {
      objection = "REGEXP";
    }
  }

  private void function(String name) {
    if (name == null) {
      return;
    }
    String lower = Ascii.lower(name);
    if (lower.startsWith("pg_catalog.") && dialect.isPostgres()) {
      lower = lower.substring("pg_catalog.".length());
    }
    if (dialect.function(plain(lower)) != Dialect.FunctionKind.PURE
        && !dialect.isParenthesisKeyword(Ascii.upper(name))
        && !dialect.isTypeWord(Ascii.upper(name))) {
      objection = "function " + lower;
    }
  }

  private void table(Table table) {
    String name = table.getName();
    if (name == null) {
      return;
    }
    String schema = table.getSchemaName();
    tables.add(schema == null ? plain(name) : plain(schema) + "." + plain(name));
  }

  /** The name without its quotes. */
  private static String plain(String name) {
    int n = name.length();
    if (n >= 2
        && (name.charAt(0) == '"' || name.charAt(0) == '`')
        && name.charAt(n - 1) == name.charAt(0)) {
      return Ascii.lower(name.substring(1, n - 1));
    }
    return Ascii.lower(name);
  }

  private static boolean isEmpty(Object value) {
    return value == null
        || Boolean.FALSE.equals(value)
        || (value instanceof Collection && ((Collection<?>) value).isEmpty());
  }

  private static Object get(Field f, Object o) {
    try {
      return f.get(o);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  /** All instance fields of a node class and its superclasses within JSqlParser. */
  static Field[] fields(Class<?> c) {
    return FIELDS.computeIfAbsent(
        c,
        k -> {
          List<Field> all = new ArrayList<>();
          for (Class<?> s = k;
              s != null && s.getName().startsWith(PACKAGE);
              s = s.getSuperclass()) {
            for (Field f : s.getDeclaredFields()) {
              boolean flag = f.getType() == boolean.class;
              if (!Modifier.isStatic(f.getModifiers()) && (flag || !f.getType().isPrimitive())) {
                f.setAccessible(true);
                all.add(f);
              }
            }
          }
          return all.toArray(new Field[0]);
        });
  }

  /** The root package of JSqlParser, wherever the jar's build has moved it. */
  private static String packageOf(Class<?> c) {
    String name = c.getName();
    return name.substring(0, name.indexOf("statement."));
  }
}
