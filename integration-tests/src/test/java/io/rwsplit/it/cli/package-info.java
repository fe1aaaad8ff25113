/** The command line of the jar: the real jar in a process of its own, on real databases. */
package io.rwsplit.it.cli;
