package io.rwsplit.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Notes, in some rows, what the application sees of them: see {@link SampledRows}. Outside of those
 * rows a getter costs one test more than the driver's.
 */
abstract class ObservedResultSet extends DelegatingResultSet {
  /** True while the current row is one of those. */
  private boolean sampling;

  private SampledRows samples;

  ObservedResultSet(ResultSet delegate) {
    super(delegate);
  }

  /** Another result's rows come. */
  final void forgetSamples() {
    sampling = false;
    samples = null;
  }

  /** The application is at row {@code row}, counted from 1. */
  final void atRow(long row) {
    try {
      sampling = SampledRows.isSampled(row);
      if (sampling) {
        begin(row);
      }
    } catch (Throwable t) {
      sampling = false;
      samples = SampledRows.spoilt();
    }
  }

  private void begin(long row) {
    if (samples == null) {
      samples = new SampledRows();
    }
    sampling = samples.begin(row);
  }

  /** Null when nothing was noted. */
  final SampledRows samples() {
    return samples;
  }

  @Override
  public int getInt(int a) throws SQLException {
    int value = delegate.getInt(a);
    if (sampling) {
      samples.note(SampledRows.INT, a, value);
    }
    return value;
  }

  @Override
  public int getInt(String a) throws SQLException {
    int value = delegate.getInt(a);
    if (sampling) {
      samples.note(SampledRows.INT, a, value);
    }
    return value;
  }

  @Override
  public long getLong(int a) throws SQLException {
    long value = delegate.getLong(a);
    if (sampling) {
      samples.note(SampledRows.LONG, a, value);
    }
    return value;
  }

  @Override
  public long getLong(String a) throws SQLException {
    long value = delegate.getLong(a);
    if (sampling) {
      samples.note(SampledRows.LONG, a, value);
    }
    return value;
  }

  @Override
  public String getString(int a) throws SQLException {
    String value = delegate.getString(a);
    if (sampling) {
      samples.note(SampledRows.STRING, a, value);
    }
    return value;
  }

  @Override
  public String getString(String a) throws SQLException {
    String value = delegate.getString(a);
    if (sampling) {
      samples.note(SampledRows.STRING, a, value);
    }
    return value;
  }

  @Override
  public double getDouble(int a) throws SQLException {
    double value = delegate.getDouble(a);
    if (sampling) {
      samples.note(SampledRows.DOUBLE, a, value);
    }
    return value;
  }

  @Override
  public double getDouble(String a) throws SQLException {
    double value = delegate.getDouble(a);
    if (sampling) {
      samples.note(SampledRows.DOUBLE, a, value);
    }
    return value;
  }

  @Override
  public float getFloat(int a) throws SQLException {
    float value = delegate.getFloat(a);
    if (sampling) {
      samples.note(SampledRows.FLOAT, a, value);
    }
    return value;
  }

  @Override
  public float getFloat(String a) throws SQLException {
    float value = delegate.getFloat(a);
    if (sampling) {
      samples.note(SampledRows.FLOAT, a, value);
    }
    return value;
  }

  @Override
  public short getShort(int a) throws SQLException {
    short value = delegate.getShort(a);
    if (sampling) {
      samples.note(SampledRows.SHORT, a, value);
    }
    return value;
  }

  @Override
  public short getShort(String a) throws SQLException {
    short value = delegate.getShort(a);
    if (sampling) {
      samples.note(SampledRows.SHORT, a, value);
    }
    return value;
  }

  @Override
  public byte getByte(int a) throws SQLException {
    byte value = delegate.getByte(a);
    if (sampling) {
      samples.note(SampledRows.BYTE, a, value);
    }
    return value;
  }

  @Override
  public byte getByte(String a) throws SQLException {
    byte value = delegate.getByte(a);
    if (sampling) {
      samples.note(SampledRows.BYTE, a, value);
    }
    return value;
  }

  @Override
  public boolean getBoolean(int a) throws SQLException {
    boolean value = delegate.getBoolean(a);
    if (sampling) {
      samples.note(SampledRows.BOOLEAN, a, value);
    }
    return value;
  }

  @Override
  public boolean getBoolean(String a) throws SQLException {
    boolean value = delegate.getBoolean(a);
    if (sampling) {
      samples.note(SampledRows.BOOLEAN, a, value);
    }
    return value;
  }

  @Override
  public Object getObject(int a) throws SQLException {
    Object value = delegate.getObject(a);
    if (sampling) {
      samples.note(SampledRows.OBJECT, a, value);
    }
    return value;
  }

  @Override
  public Object getObject(String a) throws SQLException {
    Object value = delegate.getObject(a);
    if (sampling) {
      samples.note(SampledRows.OBJECT, a, value);
    }
    return value;
  }

  @Override
  public byte[] getBytes(int a) throws SQLException {
    byte[] value = delegate.getBytes(a);
    if (sampling) {
      samples.note(SampledRows.BYTES, a, value);
    }
    return value;
  }

  @Override
  public byte[] getBytes(String a) throws SQLException {
    byte[] value = delegate.getBytes(a);
    if (sampling) {
      samples.note(SampledRows.BYTES, a, value);
    }
    return value;
  }
}
