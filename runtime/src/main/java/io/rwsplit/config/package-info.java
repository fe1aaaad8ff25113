/** The configuration: one table of properties, every fault at once, immutable settings. */
package io.rwsplit.config;
