package io.rwsplit;

import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The layers as ARCHITECTURE.md has them. */
class ArchitectureTest {
  private static JavaClasses classes;

  @BeforeAll
  static void read() {
    classes =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.rwsplit");
  }

  @Test
  void packagesHaveNoCycles() {
    slices()
        .matching("io.rwsplit.(*)..")
        .should()
        .beFreeOfCycles()
        .allowEmptyShould(true)
        .check(classes);
  }

  /** One third-party library, one importing package. */
  @ParameterizedTest
  @CsvSource({
    "net.sf.jsqlparser.., io.rwsplit.sql..",
    "com.zaxxer.., io.rwsplit.pool..",
    "net.bytebuddy.., io.rwsplit.weave..",
    "javax.management.., io.rwsplit.jmx.."
  })
  void libraryHasOneImportingPackage(String library, String importer) {
    noClasses()
        .that()
        .resideOutsideOfPackage(importer)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(library)
        .allowEmptyShould(true)
        .check(classes);
  }

  /**
   * What the hooks let pass as a SQLException is the driver's: only these make one, the first for
   * the application, the others for what catches it and asks the master.
   */
  @Test
  void hooksMakeNoFailureThatLooksLikeTheDrivers() {
    noClasses()
        .that()
        .resideInAPackage("io.rwsplit.jdbc")
        .and()
        .doNotHaveSimpleName("LostMaster")
        .and()
        .doNotHaveSimpleName("OwnConnections")
        .and()
        .doNotHaveSimpleName("PastRead")
        .and()
        .doNotHaveSimpleName("Repeat")
        .and()
        .doNotHaveSimpleName("ReplicaExecution")
        .should()
        .callConstructorWhere(target(owner(assignableTo(SQLException.class))))
        .check(classes);
  }

  @Test
  void javaUtilLoggingIsUsedNowhere() {
    noClasses()
        .that()
        // DataSource.getParentLogger() is declared to return one.
        .areNotAssignableTo(javax.sql.CommonDataSource.class)
        .should()
        .dependOnClassesThat()
        .resideInAPackage("java.util.logging..")
        .check(classes);
  }

  @Test
  void routingIsPure() {
    noClasses()
        .that()
        .resideInAPackage("io.rwsplit.route..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "java.sql..",
            "javax.sql..",
            "io.rwsplit.jdbc..",
            "io.rwsplit.pool..",
            "io.rwsplit.replication..")
        .allowEmptyShould(true)
        .check(classes);
  }

  /**
   * Nothing is decided by a clock that may jump: {@link System#nanoTime()} only. The exceptions are
   * a time that is shown, never compared, and where a leader's tickets begin: should they begin too
   * low, its replicas do not serve old sessions until they have passed their tickets, no more.
   */
  @ParameterizedTest
  @CsvSource({"io.rwsplit.replication..", "io.rwsplit.consistency.."})
  void noDecisionHangsOnTheWallClock(String where) {
    noClasses()
        .that()
        .resideInAPackage(where)
        .and()
        .doNotHaveFullyQualifiedName("io.rwsplit.replication.FeedCounters")
        .and()
        .doNotHaveFullyQualifiedName("io.rwsplit.replication.Tickets")
        .should()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.time.Clock")
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.time.Instant")
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.util.Date")
        .check(classes);
  }
}
