package io.rwsplit.cli.verify;

import io.rwsplit.engine.Engine;
import java.sql.SQLException;
import java.util.Locale;

/** What to do about a connection that could not be had, by what the driver says. */
final class OpeningRemedy {
  private static final int MYSQL_NO_DATABASE = 1049;
  private static final int MYSQL_NO_RIGHT = 1044;
  private static final int MYSQL_TOO_MANY = 1040;

  private final Engine engine;
  private final String state;
  private final int code;

  /** Classes and messages of the failure and its causes, in lower case. */
  private final String said;

  OpeningRemedy(Engine engine, SQLException e) {
    this.engine = engine;
    this.state = String.valueOf(e.getSQLState());
    this.code = e.getErrorCode();
    StringBuilder all = new StringBuilder();
    Throwable cause = e;
    for (int i = 0; cause != null && i < 20; i++) {
      all.append(cause).append('\n');
      cause = cause.getCause();
    }
    this.said = all.toString().toLowerCase(Locale.ROOT);
  }

  private boolean says(String... words) {
    for (String word : words) {
      if (said.contains(word)) {
        return true;
      }
    }
    return false;
  }

  String text() {
    if (engine == Engine.SQLITE) {
      return "give this user the right to read the file and its directory, or mend the file";
    }
    String tls = tls();
    if (tls != null) {
      return tls;
    }
    if (state.equals("3D000") || code == MYSQL_NO_DATABASE) {
      return "correct the name of the database";
    }
    if (state.equals("42501") || code == MYSQL_NO_RIGHT) {
      return engine == Engine.POSTGRESQL
          ? "GRANT CONNECT ON DATABASE to the user"
          : "GRANT SELECT on the database to the user (and what else the application does)";
    }
    if (state.equals("57P03")) {
      return "wait until it has started; a standby needs hot_standby=on";
    }
    if (state.equals("53300") || code == MYSQL_TOO_MANY) {
      return "raise max_connections: the agent needs rwsplit.replica.pool.size and some more";
    }
    if (state.startsWith("28")) {
      return "give the user by --user and --password-file (replicas: rwsplit.replicas.user and"
          + " .password), and let the server take it from this host";
    }
    if (state.startsWith("08")) {
      return "start the server, or correct host and port; look for a firewall in between";
    }
    return "see what the driver says";
  }

  private String tls() {
    String parameter = engine == Engine.POSTGRESQL ? "sslmode" : "sslMode";
    if (says("no pg_hba.conf entry") && says("no encryption", "ssl off")) {
      return "let the URL ask for TLS (sslmode=require), or the server take this user without";
    }
    if (says("invalid sslmode", "for sslmode", "property 'sslmode'")) {
      return "correct " + parameter + " in the URL";
    }
    if (says("does not support ssl", "ssl not enabled", "not supported by server")) {
      return "turn TLS on at the server, or " + parameter + " off in the URL";
    }
    if (says("root certificate file", "serversslcert", "nosuchfileexception")) {
      return "correct the file of the certificate that the URL names, and let this user read it";
    }
    if (says("certificateexpiredexception", "certificatenotyetvalid")) {
      return "have the server's certificate renewed, or the clock of this host set";
    }
    if (says("pkix path", "certification path", "trustanchors", "signature check failed")) {
      return "let the URL name the certificate of who has signed the server's ("
          + (engine == Engine.POSTGRESQL
              ? "sslrootcert"
              : engine == Engine.MARIADB ? "serverSslCert" : "trustCertificateKeyStoreUrl")
          + ")";
    }
    if (says("could not be verified by hostname", "subject alternative", "no name matching")) {
      return "write the host as the server's certificate does, or have one made with this name";
    }
    if (says("public key retrieval is not allowed")) {
      return "add allowPublicKeyRetrieval=true to the URL, or use TLS (sslMode=REQUIRED)";
    }
    return says("sslexception", "sslhandshake") ? "see what is said of TLS" : null;
  }
}
