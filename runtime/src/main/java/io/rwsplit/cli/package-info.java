/** The command line of the jar: each command, and what they share. */
package io.rwsplit.cli;
