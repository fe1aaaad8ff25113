package legacy.differential;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How often each method of JDBC was called, and how often on what a replica had served. */
final class CallCounts {
  private final Map<String, long[]> counts = new TreeMap<>();

  /** Declaring interface, name and parameter types, as in the table of methods. */
  static String key(Method method) {
    StringBuilder key = new StringBuilder(method.getDeclaringClass().getSimpleName());
    key.append('.').append(method.getName()).append('(');
    String separator = "";
    for (Class<?> type : method.getParameterTypes()) {
      key.append(separator).append(type.getSimpleName());
      separator = ",";
    }
    return key.append(')').toString();
  }

  void count(Method method, boolean served) {
    long[] count = counts.computeIfAbsent(key(method), name -> new long[2]);
    count[0]++;
    if (served) {
      count[1]++;
    }
  }

  /** True when the agent handed this result out for a replica's; false on the bare driver. */
  static boolean isServed(ResultSet result) {
    if (result.getClass().getName().startsWith("io.rwsplit.")) {
      return true;
    }
    return hasOurs(result, "rwsplit$hook") || hasOurs(result, "rwsplit$served");
  }

  private static boolean hasOurs(ResultSet result, String method) {
    try {
      return result.getClass().getMethod(method).invoke(result) != null;
    } catch (ReflectiveOperationException bare) {
      return false;
    }
  }

  /** Writes a line per method: its key, calls, calls on what a replica had served. */
  void write(Path file) throws IOException {
    List<String> lines = new ArrayList<>();
    for (Map.Entry<String, long[]> entry : counts.entrySet()) {
      lines.add(entry.getKey() + "\t" + entry.getValue()[0] + "\t" + entry.getValue()[1]);
    }
    Files.write(file, lines, StandardCharsets.UTF_8);
  }
}
