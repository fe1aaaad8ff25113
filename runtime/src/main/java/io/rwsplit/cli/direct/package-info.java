/** Connections of the command line to the databases themselves, without an application. */
package io.rwsplit.cli.direct;
