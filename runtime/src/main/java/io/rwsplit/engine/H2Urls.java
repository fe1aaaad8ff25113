package io.rwsplit.engine;

import java.io.File;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Reads what follows {@code jdbc:h2:}, from H2's {@code ConnectionInfo.parseName} and {@code
 * readSettingsFromURL}: settings after semicolons, files without their {@code .mv.db} ending.
 */
final class H2Urls {
  private static final String SUFFIX = ".mv.db";

  /** Settings on which the result of no read depends, in lower case. */
  private static final Set<String> NEUTRAL =
      Collections.unmodifiableSet(
          new HashSet<>(
              Arrays.asList(
                  "user",
                  "password",
                  "password_hash",
                  "ifexists",
                  "forbid_creation",
                  "db_close_delay",
                  "db_close_on_exit",
                  "auto_server",
                  "auto_reconnect",
                  "cache_size",
                  "lock_timeout",
                  "max_log_size",
                  "trace_level_file",
                  "trace_level_system_out",
                  "write_delay")));

  private H2Urls() {}

  static Location parse(String rest, Map<String, String> parameters) throws UrlFault {
    int semicolon = rest.indexOf(';');
    String name = semicolon < 0 ? rest : rest.substring(0, semicolon);
    if (semicolon >= 0) {
      readSettings(rest.substring(semicolon + 1), parameters);
    }
    if (name.equals(".") || name.equals("mem:")) {
      return Location.ofOneConnection();
    }
    if (name.startsWith("mem:")) {
      return Location.memory(name.substring("mem:".length()));
    }
    if (name.startsWith("tcp:") || name.startsWith("ssl:")) {
      return parseServer(name.substring("tcp:".length()), name.substring(0, 3));
    }
    return Location.file(file(name.startsWith("file:") ? name.substring("file:".length()) : name));
  }

  /** True when sessions that are opened with these settings read alike. */
  static boolean readAlike(Map<String, String> application, Map<String, String> replica) {
    for (Map.Entry<String, String> setting : application.entrySet()) {
      if (!NEUTRAL.contains(setting.getKey())
          && !setting.getValue().equals(replica.get(setting.getKey()))) {
        return false;
      }
    }
    return true;
  }

  private static Location parseServer(String address, String transport) throws UrlFault {
    String text = address.startsWith("//") ? address.substring(2) : address;
    int slash = text.indexOf('/');
    if (slash < 0 || text.indexOf(',') >= 0) {
      throw new UrlFault("it names no single server and database");
    }
    Host host = Host.parse(text.substring(0, slash), Engine.H2.defaultPort());
    return Location.servers(Collections.singletonList(host), text.substring(slash + 1), transport);
  }

  private static File file(String name) throws UrlFault {
    if (name.isEmpty()) {
      throw new UrlFault("it names no file");
    }
    // One letter before a colon is a Windows drive, more are a file system of H2's own.
    if (name.indexOf(':') > 1) {
      throw new UrlFault("it names a file system of H2 that is not matched");
    }
    String path = name;
    if (path.equals("~") || path.startsWith("~/")) {
      path = System.getProperty("user.home", "") + path.substring(1);
    }
    return new File(path + SUFFIX);
  }

  private static void readSettings(String settings, Map<String, String> to) {
    int start = 0;
    while (start < settings.length()) {
      int end = Secrets.endOfH2Setting(settings, start);
      String setting = settings.substring(start, end);
      int equals = setting.indexOf('=');
      if (equals > 0) {
        to.put(
            setting.substring(0, equals).trim().toLowerCase(Locale.ROOT),
            setting.substring(equals + 1));
      }
      start = end + 1;
    }
  }
}
