/** What goes wrong, when it is said and when not, and who is told. */
package io.rwsplit.alert;
