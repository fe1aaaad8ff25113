package io.rwsplit.catalog;

import io.rwsplit.sql.Classification;
import io.rwsplit.sql.SqlClassifier;
import io.rwsplit.sql.WriteNames;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which tables a read can show and which a write can touch, through views, triggers, foreign keys,
 * partitions and functions, by the catalog of one moment. Not changed once made; thread-safe.
 *
 * <p>Names are compared in lower case without schemas: tables of one name in several schemas count
 * as one, so no search path or quoting can make one table pass for another. Every answer holds too
 * many tables rather than too few, and is null where that cannot be promised.
 */
final class TableGraph {
  /** PostgreSQL cuts longer names off. */
  private static final int MAX_NAME = 63;

  /** One name. */
  private static final class Node {
    /** Reading it shows what nobody can tell. */
    boolean unreadable;

    /** Writing it touches what nobody can tell. */
    boolean unwritable;

    final Set<String> readsToo = new HashSet<>();
    final Set<String> writesToo = new HashSet<>();
  }

  private final SqlClassifier classifier;
  private final FunctionBodies functions;
  private final Set<String> attributes;
  private final Map<String, Node> nodes = new HashMap<>();
  private final Set<String> system = new HashSet<>();

  /** What no statement names may touch anything: casts, operators, domains. */
  private boolean noWriteKnown;

  /** A name holds the dot that else follows a schema. */
  private boolean ambiguous;

  /**
   * Makes it.
   *
   * @param views what the queries of the views are, by their names; those that are no reads are not
   *     in it
   */
  TableGraph(CatalogRows rows, SqlClassifier classifier, Map<String, Classification> views) {
    this.classifier = classifier;
    this.functions = new FunctionBodies(rows.functions, classifier);
    this.attributes = rows.attributes;
    for (CatalogRows.Relation relation : rows.relations) {
      add(relation);
    }
    for (CatalogRows.Effect child : rows.children) {
      Node parent = node(child);
      parent.readsToo.add(CatalogRows.lower(child.text));
      parent.writesToo.add(CatalogRows.lower(child.text));
    }
    for (CatalogRows.Effect cascade : rows.cascades) {
      node(cascade).writesToo.add(CatalogRows.lower(cascade.text));
    }
    for (CatalogRows.Effect virtual : rows.virtual) {
      virtual(node(virtual), virtual);
    }
    for (CatalogRows.View view : rows.views) {
      view(view, views.get(view.name));
    }
    for (CatalogRows.Effect trigger : rows.triggerFunctions) {
      run(node(trigger), Collections.singleton(CatalogRows.lower(trigger.text)));
    }
    for (CatalogRows.Effect trigger : rows.triggerBodies) {
      body(node(trigger), trigger.text);
    }
    for (CatalogRows.Effect expression : rows.expressions) {
      expression(expression);
    }
  }

  private void add(CatalogRows.Relation relation) {
    ambiguous |= relation.name.indexOf('.') >= 0;
    if (relation.kind == RelationKind.SYSTEM) {
      system.add(relation.name);
      return;
    }
    Node node = nodes.computeIfAbsent(relation.name, k -> new Node());
    if (relation.kind == RelationKind.OPAQUE) {
      node.unreadable = true;
      node.unwritable = true;
    }
  }

  /** The node an effect belongs to; one of nobody's where the catalog does not list its name. */
  private Node node(CatalogRows.Effect effect) {
    Node node = nodes.get(effect.relation);
    return node == null ? new Node() : node;
  }

  private boolean isUnclear(String name) {
    return system.contains(name);
  }

  private void virtual(Node node, CatalogRows.Effect made) {
    if (!VirtualTables.hasTablesOfItsName(made.text)) {
      node.unreadable = true;
      node.unwritable = true;
      return;
    }
    for (String name : nodes.keySet()) {
      if (name.startsWith(made.relation + "_") || VirtualTables.mentions(made.text, name)) {
        node.readsToo.add(name);
        node.writesToo.add(name);
      }
    }
  }

  private void view(CatalogRows.View view, Classification query) {
    Node node = nodes.get(view.name);
    if (node == null) {
      return;
    }
    Set<String> read = query == null ? null : namedIn(query);
    if (read == null) {
      node.unreadable = true;
    } else {
      node.readsToo.addAll(read);
    }
    if (view.definition == null) {
      node.unwritable = true;
    } else {
      body(node, view.definition);
    }
  }

  private void body(Node node, String text) {
    WriteNames found = classifier.namesOfBody(text);
    if (found == null) {
      node.unwritable = true;
      return;
    }
    node.writesToo.addAll(known(found.names()));
    run(node, found.calls());
  }

  private void run(Node node, Set<String> calls) {
    Set<String> touched = new HashSet<>();
    if (functions.touched(calls, false, touched)) {
      node.writesToo.addAll(known(touched));
    } else {
      node.unwritable = true;
    }
  }

  private void expression(CatalogRows.Effect expression) {
    WriteNames found = classifier.namesOfBody(expression.text);
    if (expression.relation != null) {
      // Its own names are columns; only what it calls can touch anything else.
      Node node = node(expression);
      if (found == null) {
        node.unwritable = true;
      } else {
        run(node, found.calls());
      }
      return;
    }
    Set<String> touched = new HashSet<>();
    boolean told = found != null && functions.touched(found.calls(), false, touched);
    noWriteKnown |= !told || !known(touched).isEmpty();
  }

  /** Those that are names of tables or views of users. */
  private Set<String> known(Collection<String> names) {
    Set<String> known = new HashSet<>();
    for (String name : names) {
      if (nodes.containsKey(name)) {
        known.add(name);
      }
    }
    return known;
  }

  /** Names of what a read reads itself, its functions included; null when that cannot be told. */
  private Set<String> namedIn(Classification read) {
    if (!read.isRead() || !read.tablesComplete() || callsWithout(read.names())) {
      return null;
    }
    Set<String> calls = new HashSet<>();
    for (String function : read.functions()) {
      String call = last(function);
      if (call.startsWith("pg_") || call.startsWith("pragma_")) {
        return null;
      }
      // It is known to be pure: unless a user has made it, it reads no table.
      calls.add(call + "*");
    }
    Set<String> read1 = new HashSet<>();
    if (!functions.touched(calls, true, read1)) {
      return null;
    }
    Set<String> named = known(read1);
    if (read.names().contains("with")) {
      // The name of a CTE hides its table in one place, and not in another.
      named.addAll(known(read.names()));
    }
    for (String table : read.tables()) {
      String name = last(table);
      if (name.length() > MAX_NAME || !nodes.containsKey(name)) {
        return null;
      }
      named.add(name);
    }
    return named;
  }

  /** True when one of the names may call a function without parentheses. */
  private boolean callsWithout(Set<String> names) {
    return !attributes.isEmpty() && !Collections.disjoint(attributes, names);
  }

  private static String last(String name) {
    return name.substring(name.lastIndexOf('.') + 1);
  }

  /** All tables and views whose rows the read can show; null when that cannot be told. */
  Set<String> reads(Classification read) {
    Set<String> named = ambiguous ? null : namedIn(read);
    return named == null ? null : closed(named, false);
  }

  /**
   * All tables that a write can change, and those that it reads, for its count of rows tells of
   * them; null when that cannot be told.
   */
  Set<String> touches(WriteNames write) {
    if (ambiguous || noWriteKnown || write == null || !nodes.containsKey(write.target())) {
      return null;
    }
    if (callsWithout(write.names())) {
      return null;
    }
    Set<String> called = new HashSet<>();
    if (!functions.touched(write.calls(), false, called)) {
      return null;
    }
    Set<String> written = known(called);
    written.add(write.target());
    Set<String> others = known(write.names());
    if (write.isSeveral()) {
      written.addAll(others);
    }
    Set<String> touched = closed(written, true);
    Set<String> read = touched == null ? null : closed(others, false);
    if (read == null) {
      return null;
    }
    read.addAll(touched);
    return read;
  }

  private Set<String> closed(Set<String> from, boolean writing) {
    Set<String> closed = new TreeSet<>();
    Deque<String> open = new ArrayDeque<>(from);
    while (!open.isEmpty()) {
      String name = open.pop();
      if (!closed.add(name)) {
        continue;
      }
      Node node = nodes.get(name);
      if (node == null || isUnclear(name) || (writing ? node.unwritable : node.unreadable)) {
        return null;
      }
      open.addAll(writing ? node.writesToo : node.readsToo);
    }
    return closed;
  }
}
