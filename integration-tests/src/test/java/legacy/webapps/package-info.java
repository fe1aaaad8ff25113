/** Parts of web servers as they run in tests: nothing here knows of the agent. */
package legacy.webapps;
