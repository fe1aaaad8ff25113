/** Counts what was routed where and why, and tells it in the log. */
package io.rwsplit.report;
