package legacy.frameworks;

import com.zaxxer.hikari.HikariDataSource;
import legacy.frameworks.jdbi.JdbiPart;
import legacy.frameworks.jooq.JooqPart;
import legacy.frameworks.migrations.FlywayPart;
import legacy.frameworks.migrations.LiquibasePart;
import legacy.frameworks.mybatis.MybatisPart;
import legacy.frameworks.quartz.QuartzPart;
import legacy.frameworks.spring.SpringPart;

/**
 * Runs application parts, one after the other, on a pool.
 *
 * <p>Arguments: JDBC URL, user, password, parts.
 */
public final class Tools {
  private Tools() {}

  /** Runs them. */
  public static void main(String[] args) throws Exception {
    Access access = new Access(args[0], args[1], args[2]);
    try (HikariDataSource pool = access.pool()) {
      for (int i = 3; i < args.length; i++) {
        run(args[i], access, pool);
      }
    }
  }

  private static void run(String part, Access access, HikariDataSource pool) throws Exception {
    Page.say("part", part);
    switch (part) {
      case "spring":
        new SpringPart(access, pool).run();
        break;
      case "mybatis":
        new MybatisPart(access, pool).run();
        break;
      case "jdbi":
        new JdbiPart(access, pool).run();
        break;
      case "jooq":
        new JooqPart(access, pool).run();
        break;
      case "flyway":
        new FlywayPart(access, pool).run();
        break;
      case "liquibase":
        new LiquibasePart(access, pool).run();
        break;
      case "quartz":
        new QuartzPart(access).run();
        break;
      default:
        throw new IllegalArgumentException(part);
    }
  }
}
