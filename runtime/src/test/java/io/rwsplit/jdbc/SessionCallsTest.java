package io.rwsplit.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.rwsplit.bootstrap.Call;
import io.rwsplit.engine.Engine;
import io.rwsplit.session.SessionState;
import io.rwsplit.sql.Pin;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collections;
import java.util.EnumSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionCallsTest {
  /** A connection that was broken meanwhile, as when its server is no master any more. */
  private static final Connection CLOSED =
      (Connection)
          Proxy.newProxyInstance(
              SessionCallsTest.class.getClassLoader(),
              new Class<?>[] {Connection.class},
              (self, method, arguments) -> {
                throw new SQLException("This connection has been closed.", "08003");
              });

  @ParameterizedTest
  @ValueSource(ints = {Call.SET_NETWORK_TIMEOUT, Call.SET_CLIENT_INFO})
  void aConnectionThatCannotBeAskedIsADoubtAndNoFault(int call) {
    SessionState session = new SessionState(Engine.POSTGRESQL, true, false, false);
    assertEquals(Collections.emptySet(), session.pins());
    new SessionCalls(Engine.POSTGRESQL, session).ended(call, CLOSED, null);
    assertEquals(EnumSet.of(Pin.NAMESPACE), session.pins());
  }
}
