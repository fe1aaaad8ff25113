/** rwsplit's own log on standard error, kept apart from the application's logging. */
package io.rwsplit.log;
