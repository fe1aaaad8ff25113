/** Applications whose commits wait for replicas; they know nothing of rwsplit. */
package legacy.sync;
