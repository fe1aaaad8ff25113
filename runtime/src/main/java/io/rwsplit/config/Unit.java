package io.rwsplit.config;

/** Whole numbers with a unit: durations in nanoseconds, sizes in bytes. Immutable. */
final class Unit {
  static final Unit[] OF_DURATIONS = {
    new Unit("ms", 1_000_000L),
    new Unit("s", 1_000_000_000L),
    new Unit("m", 60_000_000_000L),
    new Unit("h", 3_600_000_000_000L),
  };

  static final Unit[] OF_SIZES = {
    new Unit("B", 1L), new Unit("KB", 1L << 10), new Unit("MB", 1L << 20), new Unit("GB", 1L << 30),
  };

  private final String name;
  private final long factor;

  private Unit(String name, long factor) {
    this.name = name;
    this.factor = factor;
  }

  /**
   * Parses {@code 500ms}, {@code 5 s}, {@code 10MB}; the case of the unit does not matter.
   *
   * @return the amount in the smallest unit of the family (nanoseconds, bytes), 0 or more
   */
  static long parse(String text, Unit[] units) throws InvalidValue {
    int end = 0;
    boolean negative = text.startsWith("-");
    if (negative || text.startsWith("+")) {
      end = 1;
    }
    int start = end;
    while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
      end++;
    }
    String name = text.substring(end).trim();
    if (end == start) {
      throw new InvalidValue("is not a whole number with a unit");
    }
    if (name.isEmpty()) {
      throw new InvalidValue("has no unit (" + names(units) + ")");
    }
    Unit unit = named(name, units);
    if (unit == null) {
      throw new InvalidValue("is not a whole number with one of the units " + names(units));
    }
    if (negative) {
      throw new InvalidValue("is negative");
    }
    return multiply(text.substring(start, end), unit);
  }

  private static long multiply(String digits, Unit unit) throws InvalidValue {
    try {
      return Math.multiplyExact(Long.parseLong(digits), unit.factor);
    } catch (NumberFormatException e) {
      throw new InvalidValue("is far too large");
    } catch (ArithmeticException e) {
      throw new InvalidValue("is far too large");
    }
  }

  private static Unit named(String name, Unit[] units) {
    for (Unit unit : units) {
      if (unit.name.equalsIgnoreCase(name)) {
        return unit;
      }
    }
    return null;
  }

  static String names(Unit[] units) {
    StringBuilder names = new StringBuilder();
    for (Unit unit : units) {
      names.append(names.length() == 0 ? "" : ", ").append(unit.name);
    }
    return names.toString();
  }

  /** The amount in the largest unit that divides it: {@code 90s}, {@code 1h}. */
  static String format(long amount, Unit[] units) {
    for (int i = units.length - 1; i > 0; i--) {
      if (amount != 0 && amount % units[i].factor == 0) {
        return amount / units[i].factor + units[i].name;
      }
    }
    return amount / units[0].factor + units[0].name;
  }
}
