package io.rwsplit.http;

/**
 * Why a request is not answered as it wishes. The message is for the client, and holds nothing that
 * the client has sent.
 */
final class Refusal extends Exception {
  private static final long serialVersionUID = 1;

  /** HTTP's status. */
  final int status;

  Refusal(int status, String message) {
    super(message, null, false, false);
    this.status = status;
  }

  Answer answer() {
    return Answer.error(status, getMessage());
  }
}
