/** Applications that go on while the agent has faults. */
package legacy.faults;
