package io.rwsplit.sql;

import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import net.sf.jsqlparser.expression.Alias;
import net.sf.jsqlparser.expression.AllValue;
import net.sf.jsqlparser.expression.AnalyticExpression;
import net.sf.jsqlparser.expression.AnyComparisonExpression;
import net.sf.jsqlparser.expression.ArrayConstructor;
import net.sf.jsqlparser.expression.ArrayExpression;
import net.sf.jsqlparser.expression.CaseExpression;
import net.sf.jsqlparser.expression.CastExpression;
import net.sf.jsqlparser.expression.CollateExpression;
import net.sf.jsqlparser.expression.DateTimeLiteralExpression;
import net.sf.jsqlparser.expression.DateValue;
import net.sf.jsqlparser.expression.DoubleValue;
import net.sf.jsqlparser.expression.ExtractExpression;
import net.sf.jsqlparser.expression.FilterOverImpl;
import net.sf.jsqlparser.expression.Function;
import net.sf.jsqlparser.expression.HexValue;
import net.sf.jsqlparser.expression.IntervalExpression;
import net.sf.jsqlparser.expression.JdbcNamedParameter;
import net.sf.jsqlparser.expression.JdbcParameter;
import net.sf.jsqlparser.expression.JsonAggregateFunction;
import net.sf.jsqlparser.expression.JsonExpression;
import net.sf.jsqlparser.expression.JsonFunction;
import net.sf.jsqlparser.expression.JsonFunctionExpression;
import net.sf.jsqlparser.expression.JsonKeyValuePair;
import net.sf.jsqlparser.expression.LongValue;
import net.sf.jsqlparser.expression.MySQLGroupConcat;
import net.sf.jsqlparser.expression.MySQLIndexHint;
import net.sf.jsqlparser.expression.NotExpression;
import net.sf.jsqlparser.expression.NullValue;
import net.sf.jsqlparser.expression.NumericBind;
import net.sf.jsqlparser.expression.OracleNamedFunctionParameter;
import net.sf.jsqlparser.expression.OrderByClause;
import net.sf.jsqlparser.expression.OverlapsCondition;
import net.sf.jsqlparser.expression.Parenthesis;
import net.sf.jsqlparser.expression.PartitionByClause;
import net.sf.jsqlparser.expression.RangeExpression;
import net.sf.jsqlparser.expression.RowConstructor;
import net.sf.jsqlparser.expression.RowGetExpression;
import net.sf.jsqlparser.expression.SignedExpression;
import net.sf.jsqlparser.expression.StringValue;
import net.sf.jsqlparser.expression.TimeKeyExpression;
import net.sf.jsqlparser.expression.TimeValue;
import net.sf.jsqlparser.expression.TimestampValue;
import net.sf.jsqlparser.expression.TimezoneExpression;
import net.sf.jsqlparser.expression.TranscodingFunction;
import net.sf.jsqlparser.expression.TrimFunction;
import net.sf.jsqlparser.expression.UserVariable;
import net.sf.jsqlparser.expression.WhenClause;
import net.sf.jsqlparser.expression.WindowDefinition;
import net.sf.jsqlparser.expression.WindowElement;
import net.sf.jsqlparser.expression.WindowOffset;
import net.sf.jsqlparser.expression.WindowRange;
import net.sf.jsqlparser.expression.operators.arithmetic.Addition;
import net.sf.jsqlparser.expression.operators.arithmetic.BitwiseAnd;
import net.sf.jsqlparser.expression.operators.arithmetic.BitwiseLeftShift;
import net.sf.jsqlparser.expression.operators.arithmetic.BitwiseOr;
import net.sf.jsqlparser.expression.operators.arithmetic.BitwiseRightShift;
import net.sf.jsqlparser.expression.operators.arithmetic.BitwiseXor;
import net.sf.jsqlparser.expression.operators.arithmetic.Concat;
import net.sf.jsqlparser.expression.operators.arithmetic.Division;
import net.sf.jsqlparser.expression.operators.arithmetic.IntegerDivision;
import net.sf.jsqlparser.expression.operators.arithmetic.Modulo;
import net.sf.jsqlparser.expression.operators.arithmetic.Multiplication;
import net.sf.jsqlparser.expression.operators.arithmetic.Subtraction;
import net.sf.jsqlparser.expression.operators.conditional.AndExpression;
import net.sf.jsqlparser.expression.operators.conditional.OrExpression;
import net.sf.jsqlparser.expression.operators.conditional.XorExpression;
import net.sf.jsqlparser.expression.operators.relational.Between;
import net.sf.jsqlparser.expression.operators.relational.ContainedBy;
import net.sf.jsqlparser.expression.operators.relational.Contains;
import net.sf.jsqlparser.expression.operators.relational.DoubleAnd;
import net.sf.jsqlparser.expression.operators.relational.EqualsTo;
import net.sf.jsqlparser.expression.operators.relational.ExistsExpression;
import net.sf.jsqlparser.expression.operators.relational.ExpressionList;
import net.sf.jsqlparser.expression.operators.relational.FullTextSearch;
import net.sf.jsqlparser.expression.operators.relational.GeometryDistance;
import net.sf.jsqlparser.expression.operators.relational.GreaterThan;
import net.sf.jsqlparser.expression.operators.relational.GreaterThanEquals;
import net.sf.jsqlparser.expression.operators.relational.InExpression;
import net.sf.jsqlparser.expression.operators.relational.IsBooleanExpression;
import net.sf.jsqlparser.expression.operators.relational.IsDistinctExpression;
import net.sf.jsqlparser.expression.operators.relational.IsNullExpression;
import net.sf.jsqlparser.expression.operators.relational.JsonOperator;
import net.sf.jsqlparser.expression.operators.relational.LikeExpression;
import net.sf.jsqlparser.expression.operators.relational.Matches;
import net.sf.jsqlparser.expression.operators.relational.MemberOfExpression;
import net.sf.jsqlparser.expression.operators.relational.MinorThan;
import net.sf.jsqlparser.expression.operators.relational.MinorThanEquals;
import net.sf.jsqlparser.expression.operators.relational.NamedExpressionList;
import net.sf.jsqlparser.expression.operators.relational.NotEqualsTo;
import net.sf.jsqlparser.expression.operators.relational.ParenthesedExpressionList;
import net.sf.jsqlparser.expression.operators.relational.RegExpMatchOperator;
import net.sf.jsqlparser.expression.operators.relational.SimilarToExpression;
import net.sf.jsqlparser.expression.operators.relational.TSQLLeftJoin;
import net.sf.jsqlparser.expression.operators.relational.TSQLRightJoin;
import net.sf.jsqlparser.schema.Column;
import net.sf.jsqlparser.schema.Table;
import net.sf.jsqlparser.statement.create.table.ColDataType;
import net.sf.jsqlparser.statement.create.table.ColumnDefinition;
import net.sf.jsqlparser.statement.select.AllColumns;
import net.sf.jsqlparser.statement.select.AllTableColumns;
import net.sf.jsqlparser.statement.select.Distinct;
import net.sf.jsqlparser.statement.select.ExceptOp;
import net.sf.jsqlparser.statement.select.Fetch;
import net.sf.jsqlparser.statement.select.GroupByElement;
import net.sf.jsqlparser.statement.select.IntersectOp;
import net.sf.jsqlparser.statement.select.Join;
import net.sf.jsqlparser.statement.select.LateralSubSelect;
import net.sf.jsqlparser.statement.select.Limit;
import net.sf.jsqlparser.statement.select.MinusOp;
import net.sf.jsqlparser.statement.select.Offset;
import net.sf.jsqlparser.statement.select.OrderByElement;
import net.sf.jsqlparser.statement.select.ParenthesedFromItem;
import net.sf.jsqlparser.statement.select.ParenthesedSelect;
import net.sf.jsqlparser.statement.select.PlainSelect;
import net.sf.jsqlparser.statement.select.SampleClause;
import net.sf.jsqlparser.statement.select.SelectItem;
import net.sf.jsqlparser.statement.select.SetOperationList;
import net.sf.jsqlparser.statement.select.TableFunction;
import net.sf.jsqlparser.statement.select.TableStatement;
import net.sf.jsqlparser.statement.select.Top;
import net.sf.jsqlparser.statement.select.UnionOp;
import net.sf.jsqlparser.statement.select.Values;
import net.sf.jsqlparser.statement.select.WithItem;

/** The node classes of JSqlParser 4.9 that a read may consist of. */
final class TreeNodes {
  private static final Set<Class<?>> KNOWN =
      Collections.unmodifiableSet(
          new HashSet<>(
              Arrays.<Class<?>>asList(
                  // selects and their clauses
                  PlainSelect.class,
                  ParenthesedSelect.class,
                  ParenthesedFromItem.class,
                  LateralSubSelect.class,
                  SetOperationList.class,
                  UnionOp.class,
                  IntersectOp.class,
                  ExceptOp.class,
                  MinusOp.class,
                  Values.class,
                  TableStatement.class,
                  WithItem.class,
                  SelectItem.class,
                  AllColumns.class,
                  AllTableColumns.class,
                  Distinct.class,
                  Join.class,
                  TableFunction.class,
                  GroupByElement.class,
                  OrderByElement.class,
                  Limit.class,
                  Offset.class,
                  Fetch.class,
                  Top.class,
                  SampleClause.class,
                  // names
                  Table.class,
                  Column.class,
                  Alias.class,
                  Alias.AliasColumn.class,
                  MySQLIndexHint.class,
                  ColDataType.class,
                  ColumnDefinition.class,
                  // values
                  StringValue.class,
                  LongValue.class,
                  DoubleValue.class,
                  HexValue.class,
                  NullValue.class,
                  AllValue.class,
                  JdbcParameter.class,
                  DateTimeLiteralExpression.class,
                  DateValue.class,
                  TimeValue.class,
                  TimestampValue.class,
                  TimeKeyExpression.class,
                  IntervalExpression.class,
                  // expressions
                  Parenthesis.class,
                  SignedExpression.class,
                  NotExpression.class,
                  AndExpression.class,
                  OrExpression.class,
                  XorExpression.class,
                  Addition.class,
                  Subtraction.class,
                  Multiplication.class,
                  Division.class,
                  IntegerDivision.class,
                  Modulo.class,
                  BitwiseAnd.class,
                  BitwiseOr.class,
                  BitwiseXor.class,
                  BitwiseLeftShift.class,
                  BitwiseRightShift.class,
                  Concat.class,
                  EqualsTo.class,
                  NotEqualsTo.class,
                  GreaterThan.class,
                  GreaterThanEquals.class,
                  MinorThan.class,
                  MinorThanEquals.class,
                  DoubleAnd.class,
                  Contains.class,
                  ContainedBy.class,
                  GeometryDistance.class,
                  TSQLLeftJoin.class,
                  TSQLRightJoin.class,
                  Between.class,
                  InExpression.class,
                  ExistsExpression.class,
                  IsNullExpression.class,
                  IsBooleanExpression.class,
                  IsDistinctExpression.class,
                  LikeExpression.class,
                  SimilarToExpression.class,
                  RegExpMatchOperator.class,
                  Matches.class,
                  FullTextSearch.class,
                  JsonOperator.class,
                  JsonExpression.class,
                  JsonFunction.class,
                  JsonFunctionExpression.class,
                  JsonKeyValuePair.class,
                  JsonAggregateFunction.class,
                  MemberOfExpression.class,
                  AnyComparisonExpression.class,
                  ArrayConstructor.class,
                  ArrayExpression.class,
                  CaseExpression.class,
                  WhenClause.class,
                  CastExpression.class,
                  CollateExpression.class,
                  ExtractExpression.class,
                  TimezoneExpression.class,
                  TrimFunction.class,
                  TranscodingFunction.class,
                  Function.class,
                  AnalyticExpression.class,
                  FilterOverImpl.class,
                  WindowDefinition.class,
                  WindowElement.class,
                  WindowOffset.class,
                  WindowRange.class,
                  PartitionByClause.class,
                  OrderByClause.class,
                  RowConstructor.class,
                  RangeExpression.class,
                  RowGetExpression.class,
                  MySQLGroupConcat.class,
                  OverlapsCondition.class,
                  ExpressionList.class,
                  ParenthesedExpressionList.class,
                  OracleNamedFunctionParameter.class,
                  NamedExpressionList.class)));

  private TreeNodes() {}

  /** True when nodes of this class, of themselves, do nothing. */
  static boolean isKnown(Class<?> c) {
    return KNOWN.contains(c);
  }

  /**
   * True for what JSqlParser takes for a variable and PostgreSQL for an operator and its operand:
   * the slice {@code a[1:b]} and {@code @@ a}.
   */
  static boolean isPostgresOperand(Class<?> c) {
    return c == NumericBind.class || c == UserVariable.class || c == JdbcNamedParameter.class;
  }

  /** All of them, for tests. */
  static Set<Class<?>> all() {
    return KNOWN;
  }
}
