package legacy.attach;

import java.nio.charset.StandardCharsets;
import javax.transaction.xa.Xid;

/** The name of one branch of a distributed transaction. */
final class Branch implements Xid {
  private static final byte[] NAME = "branch".getBytes(StandardCharsets.UTF_8);

  @Override
  public int getFormatId() {
    return 1;
  }

  @Override
  public byte[] getGlobalTransactionId() {
    return NAME.clone();
  }

  @Override
  public byte[] getBranchQualifier() {
    return NAME.clone();
  }
}
