package io.rwsplit.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rwsplit.benchmarks.program.Programs;
import java.util.ArrayList;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {

  @Test
  void everyCaseByDefault() throws Exception {
    Settings settings = Settings.parse("--bare");
    assertEquals(new ArrayList<>(Programs.names()), settings.programs());
    assertTrue(settings.runs(Settings.STARTUP));
    assertTrue(settings.runs(Settings.CONTENTION));
    assertFalse(settings.runs(Settings.REPLICATION));
    assertEquals(7, settings.rounds());
    assertEquals(15, settings.minutes());
    assertFalse(settings.withAgent());
  }

  @Test
  void onlyTheCasesAskedFor() throws Exception {
    Settings settings =
        Settings.parse("--bare", "--quick", "update", "--rounds", "2", "prepared-select");
    assertEquals(Arrays.asList("update", "prepared-select"), settings.programs());
    assertFalse(settings.runs(Settings.STARTUP));
    assertEquals(2, settings.rounds());
    assertEquals(5, settings.minutes());
  }

  @ParameterizedTest
  @CsvSource({
    "--rounds=0, 1 to 999",
    "--minutes=x, 1 to 999",
    "--rounds, needs a value",
    "--engines=oracle, none of sqlite",
    "--what=1, --what is unknown",
    "--agent=/no/such.jar, /no/such.jar does not exist",
    "--java=/no/jdk, not a JDK",
    "--dir=/no/dir, not a directory",
    "no-case, no case 'no-case'",
    "--sizes=10, not a size",
    "--sizes=1k, not a size",
    "--replicas=0, 1 to 99",
    "--replicas=, 1 to 99",
    "replication, nothing without the agent",
  })
  void namesWhatIsWrong(String argument, String fault) {
    Settings.BadArguments e =
        assertThrows(
            Settings.BadArguments.class,
            () ->
                Settings.parse(
                    argument.startsWith("--agent")
                        ? new String[] {argument}
                        : new String[] {"--bare", argument}));
    assertTrue(e.getMessage().contains(fault), e.getMessage());
  }
}
