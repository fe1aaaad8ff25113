package io.rwsplit.catalog;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What the catalog of a database lists of what users and extensions have made. Read by {@link
 * CatalogReader}; not changed afterwards.
 */
final class CatalogRows {
  /** One overload of one function. */
  static final class Function {
    final String name;

    /** As PostgreSQL's {@code provolatile}. */
    final String volatility;

    final String language;
    final String body;

    Function(String name, String volatility, String language, String body) {
      this.name = lower(name);
      this.volatility = volatility;
      this.language = language;
      this.body = body == null ? "" : body;
    }
  }

  /** One view, or a table that is read through functions. */
  static final class View {
    final String name;

    /** A query; null when it is not known or none. */
    final String definition;

    View(String name, String definition) {
      this.name = lower(name);
      this.definition = definition;
    }
  }

  /** A name that can be read, and what it stands for. */
  static final class Relation {
    final String name;
    final RelationKind kind;

    /** It reads from no other relation. */
    final boolean plain;

    Relation(String name, RelationKind kind, boolean plain) {
      this.name = lower(name);
      this.kind = kind;
      this.plain = plain;
    }
  }

  /** What a relation brings with it: see the list that it is in. */
  static final class Effect {
    /** Lower case; null when it concerns all relations. */
    final String relation;

    final String text;

    Effect(String relation, String text) {
      this.relation = relation == null ? null : lower(relation);
      this.text = text == null ? "" : text;
    }
  }

  /** A stored function or procedure of MariaDB or MySQL. */
  static final class Routine {
    final String name;

    /** Null when the user may not see it. */
    final String body;

    final Set<String> parameters = new HashSet<>();

    Routine(String name, String body) {
      this.name = lower(name);
      this.body = body;
    }
  }

  final List<Function> functions;

  /** Functions and procedures; not those of PostgreSQL, which are all {@link #functions}. */
  final List<Routine> routines = new ArrayList<>();

  /**
   * What is evaluated, or changed with it, when a relation is read or written: names of functions
   * and relations.
   */
  final List<Effect> reached = new ArrayList<>();

  final List<View> views;

  /** Functions, in lower case, that are called where their bare name stands for a column. */
  final Set<String> attributes = new HashSet<>();

  /** Relations, in lower case, of which a replica shows other rows than the master, or none. */
  final Set<String> unlike = new HashSet<>();

  final List<Relation> relations = new ArrayList<>();

  /** Functions that are run when the relation is written. */
  final List<Effect> triggerFunctions = new ArrayList<>();

  /** Code that is run when the relation is written. */
  final List<Effect> triggerBodies = new ArrayList<>();

  /** Expressions that are evaluated when the relation is written. */
  final List<Effect> expressions = new ArrayList<>();

  /** Relations that a foreign key changes with the relation. */
  final List<Effect> cascades = new ArrayList<>();

  /** Relations that are parts of the relation: partitions, heirs. */
  final List<Effect> children = new ArrayList<>();

  /** Statements that made a SQLite virtual table. */
  final List<Effect> virtual = new ArrayList<>();

  /** Every value read, in order: equal when the catalog has not changed. */
  final List<String> values = new ArrayList<>();

  /** False when nothing but functions and views was asked for. */
  boolean hasRelations;

  CatalogRows() {
    this(new ArrayList<Function>(), new ArrayList<View>());
  }

  CatalogRows(List<Function> functions, List<View> views) {
    this.functions = functions;
    this.views = views;
  }

  /** True when the other one lists the same. */
  boolean isSameAs(CatalogRows other) {
    return other != null && values.equals(other.values);
  }

  static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
