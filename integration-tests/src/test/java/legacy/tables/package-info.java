/** An application that is told what to do, statement by statement. */
package legacy.tables;
