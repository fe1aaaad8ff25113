/** Alerts of the agent: what is said of what goes wrong, to whom, and that nobody waits for it. */
package io.rwsplit.it.alert;
