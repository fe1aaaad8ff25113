package io.rwsplit;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
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
}
