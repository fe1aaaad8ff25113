/** Commits of the application that wait until replicas have them. */
package io.rwsplit.acknowledgement;
