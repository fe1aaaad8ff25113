/** A small HTTP server: state and figures of the running groups, and what may be done to them. */
package io.rwsplit.http;
