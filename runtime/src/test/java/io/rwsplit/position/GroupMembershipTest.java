package io.rwsplit.position;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GroupMembershipTest {
  /** Own state and role, members, how many of them are reached. */
  @ParameterizedTest(name = "{0} {1}, {3} of {2}")
  @CsvSource({
    "ONLINE, PRIMARY, 3, 3, true, ",
    "ONLINE, SECONDARY, 3, 3, false, ",
    "ONLINE, PRIMARY, 3, 2, true, ",
    "ONLINE, PRIMARY, 3, 1, true, reaches only 1 of 3 members of its group",
    "ONLINE, SECONDARY, 4, 2, false, reaches only 2 of 4 members of its group",
    "ONLINE, PRIMARY, 2, 1, true, reaches only 1 of 2 members of its group",
    "ONLINE, PRIMARY, 1, 1, true, ",
    "RECOVERING, SECONDARY, 3, 3, false, is RECOVERING in its group",
    "ERROR, '', 1, 1, false, is ERROR in its group",
    "OFFLINE, '', 1, 1, false, is OFFLINE in its group",
    "'', '', 1, 1, false, is no member in its group"
  })
  void standings(
      String state, String role, int members, int reached, boolean primary, String problem) {
    GroupMembership.Standing standing = GroupMembership.judge(state, role, members, reached);
    assertEquals(primary, standing.isPrimary());
    assertEquals(problem, standing.problem());
  }
}
