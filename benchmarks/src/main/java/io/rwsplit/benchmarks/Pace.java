package io.rwsplit.benchmarks;

/** How long everything takes, in milliseconds. */
enum Pace {
  /** Shows that it runs; the figures are worth nothing. */
  SMOKE(10, 1, 10, 150, 100, 1),
  /** The order of magnitude. */
  QUICK(500, 5, 60, 1_200, 800, 2),
  MEDIUM(2_000, 8, 60, 3_000, 2_000, 3);

  private final int warmUpMillis;
  private final int slices;
  private final int sliceMillis;
  private final int contentionMillis;
  private final int replicationMillis;
  private final int repetitions;

  Pace(
      int warmUpMillis,
      int slices,
      int sliceMillis,
      int contentionMillis,
      int replicationMillis,
      int repetitions) {
    this.warmUpMillis = warmUpMillis;
    this.slices = slices;
    this.sliceMillis = sliceMillis;
    this.contentionMillis = contentionMillis;
    this.replicationMillis = replicationMillis;
    this.repetitions = repetitions;
  }

  /** Before processes are measured that are not stepped: for replicas and compilers. */
  int settlingMillis() {
    return this == SMOKE ? 50 : 1_500;
  }

  /** Of each process, as if it had a processor to itself. */
  int warmUpMillis() {
    return warmUpMillis;
  }

  int slices() {
    return slices;
  }

  int sliceMillis() {
    return sliceMillis;
  }

  /** Of a process that is to do nothing. */
  int restMillis() {
    return this == SMOKE ? 50 : 2_000;
  }

  int contentionMillis() {
    return contentionMillis;
  }

  int replicationMillis() {
    return replicationMillis;
  }

  /** Of what is repeated in the benchmark of replication. */
  int repetitions() {
    return repetitions;
  }
}
