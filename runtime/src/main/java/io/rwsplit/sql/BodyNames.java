package io.rwsplit.sql;

import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/** The names in the body of a function that the database stores. Immutable. */
public final class BodyNames {
  private static final Set<String> EFFECTS =
      Dialect.words(
          "INSERT UPDATE DELETE MERGE TRUNCATE COPY EXECUTE CALL DO LOCK SHARE NOTIFY LISTEN UNLISTEN",
          "CREATE ALTER DROP GRANT REVOKE SET RESET DISCARD VACUUM ANALYZE REFRESH PREPARE DEALLOCATE",
          "NEXTVAL CURRENT_USER SESSION_USER CURRENT_SCHEMA CURRENT_ROLE USER");

  private static final Set<String> SYNTAX =
      Dialect.words(
          "IF ELSIF ELSEIF WHILE RETURN RETURNS CASE EXIT CONTINUE QUERY NOTICE EXCEPTION RAISE PERFORM",
          "DECLARE BEGIN END LOOP FOREACH ASSERT TABLE DEFAULT CONSTANT ELSE THEN");

  private final Set<String> calls;
  private final Set<String> names;

  private BodyNames(Set<String> calls, Set<String> names) {
    this.calls = Collections.unmodifiableSet(calls);
    this.names = Collections.unmodifiableSet(names);
  }

  static BodyNames of(Dialect dialect, Tokens t) {
    Set<String> calls = new TreeSet<>();
    Set<String> names = new TreeSet<>();
    for (int i = 0; i < t.size(); i++) {
      if (t.type(i) == TokenType.SYMBOL && !t.text(i).startsWith(":")) {
        if (!dialect.isOperator(t.text(i)) && ";{}".indexOf(t.text(i)) < 0) {
          return null;
        }
      }
      if (!t.isName(i)) {
        continue;
      }
      boolean word = t.type(i) == TokenType.WORD;
      if (word && EFFECTS.contains(t.text(i))) {
        return null;
      }
      boolean syntax =
          word
              && (SYNTAX.contains(t.text(i))
                  || dialect.isParenthesisKeyword(t.text(i))
                  || dialect.isTypeWord(t.text(i)));
      if (t.isSymbol(i + 1, "(") && !syntax) {
        if (dialect.function(t.name(i)) != Dialect.FunctionKind.PURE) {
          calls.add(t.name(i));
        }
      } else if (dialect.showsSession(t, i)) {
        return null;
      } else {
        names.add(t.name(i));
      }
    }
    return new BodyNames(calls, names);
  }

  /** Lower-case names, without their schemas, of what is called and is not built in and pure. */
  public Set<String> calls() {
    return calls;
  }

  /** All other names, in lower case. */
  public Set<String> names() {
    return names;
  }
}
