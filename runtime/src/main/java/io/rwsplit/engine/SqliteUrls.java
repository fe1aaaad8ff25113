package io.rwsplit.engine;

import java.io.File;
import java.util.Locale;
import java.util.Map;

/**
 * Reads what follows {@code jdbc:sqlite:} as sqlite-jdbc and SQLite do.
 *
 * <p>From {@code SQLiteConnection.open} and {@code extractPragmasFromFilename}, and for {@code
 * file:} names from "Uniform Resource Identifiers" of the SQLite documentation. A parameter that is
 * no pragma stays part of the name, and only {@code file:} names have parameters for SQLite itself:
 * {@code jdbc:sqlite:a.db?cache=shared} opens a file of that odd name.
 */
final class SqliteUrls {
  private SqliteUrls() {}

  /** Fills {@code pragmas} with the last value of each, keys in lower case. */
  static Location parse(String rest, Map<String, String> pragmas) throws UrlFault {
    String name = withoutPragmas(rest, pragmas);
    if (name.isEmpty()
        || name.startsWith(":memory:")
        || name.startsWith(":resource:")
        || name.contains("mode=memory")) {
      return Location.ofOneConnection();
    }
    return name.startsWith("file:") ? parseUri(name) : Location.file(new File(name));
  }

  private static String withoutPragmas(String rest, Map<String, String> pragmas) {
    int question = rest.indexOf('?');
    if (question < 0) {
      return rest;
    }
    StringBuilder name = new StringBuilder(rest.substring(0, question));
    char delimiter = '?';
    int end = rest.length();
    // The driver goes backwards, so that the last value wins and what it keeps is reversed.
    while (end > question) {
      int start = Math.max(rest.lastIndexOf('&', end - 1), question);
      String parameter = rest.substring(start + 1, end).trim();
      end = start;
      int equals = parameter.indexOf('=');
      String key = equals < 0 ? parameter : parameter.substring(0, equals);
      key = key.trim().toLowerCase(Locale.ROOT);
      if (SqlitePragmas.isPragma(key)) {
        String value = equals < 0 ? "" : parameter.substring(equals + 1);
        int second = value.indexOf('=');
        value = (second < 0 ? value : value.substring(0, second)).trim();
        if (!value.isEmpty() && !pragmas.containsKey(key)) {
          pragmas.put(key, value);
        }
      } else if (!parameter.isEmpty()) {
        name.append(delimiter).append(parameter);
        delimiter = '&';
      }
    }
    return name.toString();
  }

  private static Location parseUri(String uri) throws UrlFault {
    int end = uri.length();
    int hash = uri.indexOf('#');
    if (hash >= 0) {
      end = hash;
    }
    int question = uri.indexOf('?');
    if (question >= 0 && question < end) {
      refuseMemoryAndVfs(uri.substring(question + 1, end));
      end = question;
    }
    String path = uri.substring("file:".length(), end);
    if (path.startsWith("//")) {
      int slash = path.indexOf('/', 2);
      String authority = slash < 0 ? path.substring(2) : path.substring(2, slash);
      if (!authority.isEmpty() && !authority.equals("localhost")) {
        throw new UrlFault("its file: name has a host; SQLite takes none but localhost");
      }
      path = slash < 0 ? "" : path.substring(slash);
    }
    path = Percent.decode(path, false);
    if (path.isEmpty() || path.equals(":memory:")) {
      return Location.ofOneConnection();
    }
    File file = new File(path);
    return Location.file(file.isAbsolute() ? file : new File(workingDirectory(), path));
  }

  private static void refuseMemoryAndVfs(String query) throws UrlFault {
    String decoded = "&" + Percent.decode(query, false) + "&";
    if (decoded.contains("&mode=memory&") || decoded.contains("&vfs=memdb&")) {
      throw new UrlFault("it is a database in memory");
    }
    if (decoded.contains("&vfs=")) {
      throw new UrlFault("it names a VFS, whose locks are unknown");
    }
    if (isOn(decoded, "nolock") || isOn(decoded, "immutable")) {
      throw new UrlFault("it opens the file without locks, so without its write-ahead log");
    }
  }

  /** See {@link JdbcUrl#replicationHindrance}. */
  static String hindrance(String url, Map<String, String> pragmas) {
    int question = url.indexOf('?');
    String query = question < 0 ? "" : Percent.decode(url.substring(question + 1), false);
    boolean uri = url.regionMatches(true, 0, "jdbc:sqlite:file:", 0, 17);
    String parameters = "&" + query + "&";
    if (uri && parameters.contains("&mode=ro&")) {
      return "mode=ro opens it for reading only";
    }
    if ((uri && parameters.contains("&cache=shared&")) || isTrue(pragmas.get("shared_cache"))) {
      return "connections with a shared cache share their transactions";
    }
    if ("1".equals(pragmas.get("open_mode"))) {
      return "open_mode=1 opens it for reading only";
    }
    String journal = pragmas.get("journal_mode");
    if (journal != null && !journal.equalsIgnoreCase("wal")) {
      return "journal_mode=" + journal + " is not WAL";
    }
    if ("exclusive".equalsIgnoreCase(pragmas.get("locking_mode"))) {
      return "locking_mode=" + pragmas.get("locking_mode") + " keeps everybody else out";
    }
    for (String name : new String[] {"cipher", "key", "hexkey", "password"}) {
      if (pragmas.containsKey(name) || (uri && parameters.contains("&" + name + "="))) {
        return "files encrypted with a " + name + " are not";
      }
    }
    return null;
  }

  private static boolean isTrue(String value) {
    return value != null && (value.equalsIgnoreCase("true") || value.equals("1"));
  }

  /** Booleans of SQLite's URIs: yes, true, on, and numbers other than 0. */
  private static boolean isOn(String query, String name) {
    int at = query.lastIndexOf("&" + name + "=");
    if (at < 0) {
      return false;
    }
    int start = at + name.length() + 2;
    String value = query.substring(start, query.indexOf('&', start)).toLowerCase(Locale.ROOT);
    return !value.isEmpty()
        && !value.equals("0")
        && !value.equals("no")
        && !value.equals("false")
        && !value.equals("off");
  }

  /** SQLite resolves {@code file:} names by the process, Java others by {@code user.dir}. */
  private static File workingDirectory() {
    File ofProcess = new File("/proc/self/cwd");
    return ofProcess.isDirectory() ? ofProcess : new File("").getAbsoluteFile();
  }
}
