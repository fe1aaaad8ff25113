/** The master's catalog: what functions and views hide, and which tables writes touch. */
package io.rwsplit.it.tables;
