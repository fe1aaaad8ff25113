package legacy.frameworks.quartz;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import legacy.frameworks.Access;
import org.quartz.utils.ConnectionProvider;

/** A pool for each scheduler. */
public final class PoolProvider implements ConnectionProvider {
  private String url;
  private String user;
  private String password;
  private HikariDataSource pool;

  public void setUrl(String value) {
    url = value;
  }

  public void setUser(String value) {
    user = value;
  }

  public void setPassword(String value) {
    password = value;
  }

  @Override
  public void initialize() {
    pool = new Access(url, user == null ? "" : user, password == null ? "" : password).pool();
  }

  @Override
  public Connection getConnection() throws SQLException {
    return pool.getConnection();
  }

  @Override
  public void shutdown() {
    pool.close();
  }
}
