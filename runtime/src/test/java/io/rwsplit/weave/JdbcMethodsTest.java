package io.rwsplit.weave;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rwsplit.bootstrap.StatementHook;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.sql.Wrapper;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.bytebuddy.jar.asm.Type;
import org.junit.jupiter.api.Test;

/**
 * {@code jdbc-methods.tsv} has every method of the JDBC interfaces of the running JDK, and says of
 * each what weaving makes of it.
 */
class JdbcMethodsTest {
  private static final List<Class<?>> INTERFACES =
      Arrays.asList(
          Connection.class,
          Statement.class,
          PreparedStatement.class,
          CallableStatement.class,
          ResultSet.class,
          Wrapper.class);

  private final Joinpoints joinpoints = new Joinpoints();

  @Test
  void everyMethodHasARowAndEveryRowAMethod() throws Exception {
    assertEquals(methods().keySet(), rows().keySet());
  }

  @Test
  void everyRowSaysWhatIsWoven() throws Exception {
    Map<String, Method> methods = methods();
    for (Map.Entry<String, String[]> row : rows().entrySet()) {
      String handling = row.getValue()[1];
      assertEquals(handlingOf(methods.get(row.getKey())), handling, row.getKey());
      assertEquals(3, row.getValue().length, row.getKey());
      assertTrue(row.getValue()[2].length() > 10, row.getKey());
    }
  }

  @Test
  void everyMethodOfAResultIsHandedOn() throws Exception {
    Class<?> handsOn = Class.forName("io.rwsplit.jdbc.DelegatingResultSet");
    Class<?> observed = Class.forName("io.rwsplit.jdbc.ObservedResultSet");
    Class<?> redirected = Class.forName("io.rwsplit.jdbc.RedirectedResultSet");
    for (Method method : ResultSet.class.getMethods()) {
      if (!Modifier.isStatic(method.getModifiers())) {
        Method found = redirected.getMethod(method.getName(), method.getParameterTypes());
        assertTrue(
            Arrays.asList(handsOn, observed, redirected).contains(found.getDeclaringClass()),
            method + " is answered by " + found.getDeclaringClass());
      }
    }
  }

  private String handlingOf(Method method) {
    Class<?> owner = method.getDeclaringClass();
    if (owner == ResultSet.class) {
      return "redirected";
    }
    Joinpoint joinpoint = null;
    if (owner == Connection.class) {
      joinpoint = of(Role.CONNECTION, method);
    } else if (owner == Statement.class) {
      joinpoint = of(Role.STATEMENT, method);
    } else if (owner == PreparedStatement.class) {
      joinpoint = of(Role.PREPARED_STATEMENT, method);
    }
    return joinpoint == null ? "passes through" : handlingOf(joinpoint);
  }

  private static String handlingOf(Joinpoint joinpoint) {
    switch (joinpoint.shape) {
      case EXECUTE:
        return joinpoint.constant == StatementHook.QUERY
                || joinpoint.constant == StatementHook.EXECUTE
            ? "redirected"
            : "hooked";
      case RESULT_SET:
      case MORE_RESULTS:
      case UPDATE_COUNT:
      case WARNINGS:
        return "redirected";
      case PARAMETER:
        return joinpoint.constant == Joinpoints.OPAQUE ? "hooked" : "recorded";
      case SETTING:
      case CLEAR_PARAMETERS:
        return "recorded";
      default:
        return "hooked";
    }
  }

  private Joinpoint of(Role role, Method method) {
    String descriptor = Type.getMethodDescriptor(method);
    String key = method.getName() + descriptor.substring(0, descriptor.indexOf(')') + 1);
    return joinpoints.of(role).get(key);
  }

  private static Map<String, Method> methods() {
    Map<String, Method> methods = new LinkedHashMap<>();
    Set<String> known = new HashSet<>();
    for (Class<?> type : INTERFACES) {
      for (Method method : type.getDeclaredMethods()) {
        if (!method.isSynthetic() && !Modifier.isStatic(method.getModifiers())) {
          assertTrue(known.add(key(method)), method::toString);
          methods.put(key(method), method);
        }
      }
    }
    return methods;
  }

  private static String key(Method method) {
    StringBuilder key = new StringBuilder(method.getDeclaringClass().getSimpleName());
    key.append('.').append(method.getName()).append('(');
    String separator = "";
    for (Class<?> type : method.getParameterTypes()) {
      key.append(separator).append(type.getSimpleName());
      separator = ",";
    }
    return key.append(')').toString();
  }

  private static Map<String, String[]> rows() throws IOException {
    Map<String, String[]> rows = new LinkedHashMap<>();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                JdbcMethodsTest.class.getResourceAsStream("/jdbc-methods.tsv"),
                StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (!line.startsWith("#")) {
          String[] fields = line.split("\t", -1);
          assertFalse(rows.containsKey(fields[0]), line);
          rows.put(fields[0], fields);
        }
      }
    }
    return rows;
  }
}
