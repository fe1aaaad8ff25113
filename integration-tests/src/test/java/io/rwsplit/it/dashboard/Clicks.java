package io.rwsplit.it.dashboard;

import io.rwsplit.it.http.ServedApp;

/** What people do with the page's dialog. */
final class Clicks {
  private final Page page;

  Clicks(Page page) {
    this.page = page;
  }

  static String button(String action, String node) {
    return "button[data-action=" + action + "][data-node=" + node + "]";
  }

  /** Presses a button, and waits for the question that has this title. */
  void press(String selector, String title) throws Exception {
    page.press(selector);
    page.await("document.getElementById('ask').open");
    page.awaitText("#ask-title", title);
  }

  /** Says yes, with the token where it is asked for. */
  void confirm(String token) throws Exception {
    if (page.value("document.getElementById('ask-token').getClientRects().length > 0")
        .asBoolean()) {
      page.focus("#secret");
      page.type(token);
    }
    page.press("#ask-yes");
    page.await("!document.getElementById('ask').open");
  }

  void confirm() throws Exception {
    confirm(ServedApp.TOKEN);
  }

  void cancel() throws Exception {
    page.press("#ask-no");
    page.await("!document.getElementById('ask').open");
  }

  /** What came of it is good, or is shown as bad. It may have been said before, too. */
  void said(String part, boolean bad) throws Exception {
    page.awaitText("#said", part);
    page.await(
        "document.getElementById('said').classList.contains('" + (bad ? "bad" : "good") + "')");
  }
}
