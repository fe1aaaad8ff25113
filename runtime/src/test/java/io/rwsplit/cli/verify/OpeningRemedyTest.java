package io.rwsplit.cli.verify;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rwsplit.engine.Engine;
import java.sql.SQLException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What drivers say when there is no connection, and what is to be done. */
class OpeningRemedyTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "POSTGRESQL | 08001 | 0 | Connection refused | | start the server",
        "POSTGRESQL | 28P01 | 0 | password authentication failed | | --password-file",
        "POSTGRESQL | 28000 | 0 | no pg_hba.conf entry for host \"::1\", no encryption | | sslmode=",
        "POSTGRESQL | 28000 | 0 | no pg_hba.conf entry for host \"::1\", SSL encryption | | from this",
        "POSTGRESQL | 08001 | 0 | Invalid sslmode value: maybe | | correct sslmode in",
        "POSTGRESQL | 08004 | 0 | The server does not support SSL. | | turn TLS on",
        "POSTGRESQL | 08006 | 0 | SSL error | PKIX path building failed | sslrootcert",
        "POSTGRESQL | 08006 | 0 | The hostname db1 could not be verified by hostnameverifier | | host",
        "POSTGRESQL | 08006 | 0 | Could not open SSL root certificate file /x | | correct the file",
        "POSTGRESQL | 3D000 | 0 | database \"shp\" does not exist | | name of the database",
        "POSTGRESQL | 42501 | 0 | permission denied for database \"shop\" | | GRANT CONNECT",
        "POSTGRESQL | 57P03 | 0 | the database system is starting up | | hot_standby",
        "POSTGRESQL | 53300 | 0 | too many clients already | | max_connections",
        "MARIADB | 08000 | 0 | Trying to connect with ssl, but ssl not enabled in the server | | TLS on",
        "MARIADB | 08000 | 0 | x | Wrong argument value 'maybe' for SslMode | correct sslMode",
        "MARIADB | 08000 | 0 | certificate_unknown | PKIX path building failed | serverSslCert",
        "MARIADB | 42000 | 1044 | Access denied for user to database | | GRANT SELECT",
        "MARIADB | 42000 | 1049 | Unknown database | | name of the database",
        "MARIADB | 08004 | 1040 | Too many connections | | max_connections",
        "MYSQL | 08001 | 0 | Public Key Retrieval is not allowed | | allowPublicKeyRetrieval=true",
        "MYSQL | 08001 | 0 | SSL Connection required, but not supported by server. | | turn TLS on",
        "MYSQL | 01S00 | 0 | The connection property 'sslMode' acceptable values are | | sslMode in",
        "MYSQL | 08S01 | 0 | Communications link failure | unable to find valid certification path "
            + "| trustCertificateKeyStoreUrl",
        "MYSQL | HY000 | 0 | something | | see what the driver says",
        "SQLITE | | 14 | unable to open database file | | right to read"
      })
  void says(Engine engine, String state, int code, String message, String cause, String expected) {
    Throwable behind = cause == null ? null : new javax.net.ssl.SSLHandshakeException(cause);
    String said = new OpeningRemedy(engine, new SQLException(message, state, code, behind)).text();
    assertTrue(said.contains(expected), said);
  }
}
