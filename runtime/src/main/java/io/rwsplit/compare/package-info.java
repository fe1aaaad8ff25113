/** {@code rwsplit.read.compare}: reads run again on master and replica, and their rows compared. */
package io.rwsplit.compare;
