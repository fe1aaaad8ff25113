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
    Answer answer = Answer.error(status, getMessage());
    if (status == 401) {
      answer.with("WWW-Authenticate", "Bearer realm=\"rwsplit\"");
    } else if (status == 429 || status == 503) {
      answer.with("Retry-After", "1");
    }
    return answer;
  }
}
