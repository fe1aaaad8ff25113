/**
 * Where the configuration comes from, groups, and what of it changes while the application runs.
 */
package io.rwsplit.it.config;
