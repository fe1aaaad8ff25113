package io.rwsplit.benchmarks.program;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The same program on several servers, each operation on the next of them. */
final class InTurn extends Program {
  private static final int TURN = 64;

  private final Case which;
  private final List<Program> programs = new ArrayList<>();
  private int next;

  InTurn(Case which) {
    super(TURN);
    this.which = which;
  }

  /** {@inheritDoc} Several, with spaces between. */
  @Override
  public void open(String urls) throws SQLException {
    for (String url : urls.split(" ", -1)) {
      Program program = which.create();
      programs.add(program);
      program.open(url);
    }
  }

  @Override
  public long run(int count) throws SQLException {
    long sum = 0;
    for (int i = 0; i < count; i++) {
      sum += programs.get(next).run(1);
      next = next + 1 == programs.size() ? 0 : next + 1;
    }
    return sum;
  }

  @Override
  public void close() throws SQLException {
    for (Program program : programs) {
      program.close();
    }
  }
}
