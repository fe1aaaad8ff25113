/** The page for people, in a real browser. */
package io.rwsplit.it.dashboard;
