package legacy.pools;

import javax.transaction.xa.Xid;

/** The name of a transaction branch. Immutable. */
final class Branch implements Xid {
  private final int number;

  Branch(int number) {
    this.number = number;
  }

  @Override
  public int getFormatId() {
    return 17;
  }

  @Override
  public byte[] getGlobalTransactionId() {
    return new byte[] {1, (byte) number};
  }

  @Override
  public byte[] getBranchQualifier() {
    return new byte[] {2};
  }
}
