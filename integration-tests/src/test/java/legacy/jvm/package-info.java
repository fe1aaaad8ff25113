/** Applications for JVMs that are started in other ways than most. */
package legacy.jvm;
