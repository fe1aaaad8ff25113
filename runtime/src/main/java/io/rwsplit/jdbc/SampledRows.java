package io.rwsplit.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Objects;

/**
 * What the application has seen of some rows of a result: row 2, 3, and every power of two.
 *
 * <p>A second net under results that are finished elsewhere. The same statement on the same pages
 * returns the same rows in the same order unless its plan differs, which old statistics in a
 * long-lived connection may cause; then a sampled row differs with near certainty, and the result
 * is not continued. Row 1 is left out, so that the results of one row, which are most, cost
 * nothing. Used by the result's thread.
 */
final class SampledRows {
  static final int INT = 0;
  static final int LONG = 1;
  static final int STRING = 2;
  static final int DOUBLE = 3;
  static final int FLOAT = 4;
  static final int SHORT = 5;
  static final int BYTE = 6;
  static final int BOOLEAN = 7;
  static final int OBJECT = 8;
  static final int BYTES = 9;

  private static final int MAX_NOTES = 256;

  private static final SampledRows SPOILT = new SampledRows();

  static {
    SPOILT.spoilt = true;
  }

  /** One look of the application at one column. Immutable. */
  private static final class Note {
    final long row;
    final int getter;
    final String label;
    final int index;
    final Object value;

    Note(long row, int getter, String label, int index, Object value) {
      this.row = row;
      this.getter = getter;
      this.label = label;
      this.index = index;
      this.value = value;
    }
  }

  private Note[] notes = new Note[8];
  private int count;
  private long row;

  /** Something could not be noted: nothing is the same then. */
  private boolean spoilt;

  /** Samples that nothing is the same as. */
  static SampledRows spoilt() {
    return SPOILT;
  }

  static boolean isSampled(long row) {
    return (row & (row - 1)) == 0 ? row > 1 : row == 3;
  }

  /** The rows' number from now on; false when no more is noted. */
  boolean begin(long newRow) {
    row = newRow;
    return count < MAX_NOTES;
  }

  void note(int getter, int index, Object value) {
    note(getter, null, index, value);
  }

  void note(int getter, String label, Object value) {
    note(getter, label, 0, value);
  }

  /** Throws nothing: the application has its value. */
  private void note(int getter, String label, int index, Object value) {
    try {
      add(new Note(row, getter, label, index, kept(value)));
    } catch (Throwable t) {
      spoilt = true;
    }
  }

  private void add(Note note) {
    if (count == notes.length) {
      if (count >= MAX_NOTES) {
        return;
      }
      notes = Arrays.copyOf(notes, count * 2);
    }
    notes[count++] = note;
  }

  private static Object kept(Object value) {
    return value instanceof byte[] ? (Object) Arrays.hashCode((byte[]) value) : value;
  }

  /** True when the application would see in this row what it has seen. */
  boolean isSame(long atRow, ResultSet rows) throws SQLException {
    if (spoilt) {
      return false;
    }
    for (int i = 0; i < count; i++) {
      Note note = notes[i];
      if (note.row == atRow
          && !Objects.equals(note.value, kept(get(note.getter, note.label, note.index, rows)))) {
        return false;
      }
    }
    return true;
  }

  private static Object get(int getter, String label, int index, ResultSet rows)
      throws SQLException {
    switch (getter) {
      case INT:
        return label == null ? rows.getInt(index) : rows.getInt(label);
      case LONG:
        return label == null ? rows.getLong(index) : rows.getLong(label);
      case STRING:
        return label == null ? rows.getString(index) : rows.getString(label);
      case DOUBLE:
        return label == null ? rows.getDouble(index) : rows.getDouble(label);
      case FLOAT:
        return label == null ? rows.getFloat(index) : rows.getFloat(label);
      case SHORT:
        return label == null ? rows.getShort(index) : rows.getShort(label);
      case BYTE:
        return label == null ? rows.getByte(index) : rows.getByte(label);
      case BOOLEAN:
        return label == null ? rows.getBoolean(index) : rows.getBoolean(label);
      case OBJECT:
        return label == null ? rows.getObject(index) : rows.getObject(label);
      default:
        return label == null ? rows.getBytes(index) : rows.getBytes(label);
    }
  }
}
