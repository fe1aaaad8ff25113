/** An application that keeps a history of what it wrote and read, to be judged afterwards. */
package legacy.history;
