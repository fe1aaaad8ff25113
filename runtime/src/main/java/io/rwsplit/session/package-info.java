/** What one connection's session holds that decides whether its reads may leave the master. */
package io.rwsplit.session;
