/** {@code rwsplit.mode=observe}: what would be routed where, counted and timed. */
package io.rwsplit.observe;
