package io.rwsplit.weave;

import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;

/** What weaving needs to know of one class of a driver, read from its bytes. Immutable. */
final class ClassFacts {
  static final ClassFacts NONE =
      new ClassFacts(null, EnumSet.noneOf(Role.class), false, new HashSet<>(), new HashSet<>());

  /** Internal name of the superclass; null for {@link #NONE}. */
  final String superName;

  /** Roles that the class has, itself or by inheritance. */
  final Set<Role> roles;

  /** True when the class is a {@code CallableStatement}. */
  final boolean callable;

  /**
   * Concrete instance methods that a subclass may override, as name and full descriptor; bridges
   * excluded.
   */
  final Set<String> overridable;

  /** Concrete instance methods that are final, in the same form. */
  final Set<String> finals;

  ClassFacts(
      String superName,
      Set<Role> roles,
      boolean callable,
      Set<String> overridable,
      Set<String> finals) {
    this.superName = superName;
    this.roles = roles;
    this.callable = callable;
    this.overridable = overridable;
    this.finals = finals;
  }
}
