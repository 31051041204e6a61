package dev.detent.processor.expression;

import java.util.List;
import java.util.Map;

/** A node of the tree: what a part of an expression comes to. */
@FunctionalInterface
interface Node {
  /** The value; see {@link Expression#evaluate}. */
  Object evaluate(Map<String, Object> values) throws ExpressionException;

  static Node name(String name) {
    return values -> {
      Object value = values.get(name);
      if (value == null) {
        throw new ExpressionException("'" + name + "' has no value here");
      }
      return value;
    };
  }

  /** A sign or a negation. */
  static Node unary(String operator, Node operand) {
    return values -> {
      Object value = operand.evaluate(values);
      return operator.equals("!") ? (Object) !truth(value, operator) : -number(value, operator);
    };
  }

  /** Arithmetic on two numbers, or a comparison. */
  static Node binary(String operator, Node left, Node right) {
    return values -> {
      Object a = left.evaluate(values);
      Object b = right.evaluate(values);
      if (a instanceof Boolean && b instanceof Boolean && operator.equals("==")) {
        return a.equals(b);
      }
      if (a instanceof Boolean && b instanceof Boolean && operator.equals("!=")) {
        return !a.equals(b);
      }
      return compute(operator, number(a, operator), number(b, operator));
    };
  }

  private static Object compute(String operator, double a, double b) throws ExpressionException {
    if ((operator.equals("/") || operator.equals("%")) && b == 0) {
      throw new ExpressionException("a number is divided by 0");
    }
    return switch (operator) {
      case "+" -> a + b;
      case "-" -> a - b;
      case "*" -> a * b;
      case "/" -> a / b;
      case "%" -> a - b * Math.floor(a / b);
      case "==" -> a == b;
      case "!=" -> a != b;
      case "<" -> a < b;
      case "<=" -> a <= b;
      case ">" -> a > b;
      default -> a >= b;
    };
  }

  /** And, or: the right side only where it matters. */
  static Node logic(String operator, Node left, Node right) {
    boolean decided = operator.equals("||");
    return values ->
        truth(left.evaluate(values), operator) == decided
            ? decided
            : (Object) truth(right.evaluate(values), operator);
  }

  /** One of two, as a condition says. */
  static Node choice(Node condition, Node yes, Node no) {
    return values -> (truth(condition.evaluate(values), "?") ? yes : no).evaluate(values);
  }

  /** A function. */
  static Node call(String function, List<Node> arguments) {
    return values -> {
      double a = number(arguments.get(0).evaluate(values), function);
      double b = arguments.size() < 2 ? 0 : number(arguments.get(1).evaluate(values), function);
      return switch (function) {
        case "min" -> Math.min(a, b);
        case "max" -> Math.max(a, b);
        case "floor" -> Math.floor(a);
        case "ceil" -> Math.ceil(a);
        case "round" -> Math.floor(a + 0.5);
        default -> divisible(a, b);
      };
    };
  }

  private static double divisible(double x, double n) throws ExpressionException {
    if (n <= 0) {
      throw new ExpressionException("the second number of 'divisible' is not above 0");
    }
    double near = Math.max(n, Math.floor((x + n / 2) / n) * n);
    return near < 0.9 * x ? near + n : near;
  }

  private static double number(Object value, String operator) throws ExpressionException {
    if (value instanceof Double number) {
      return number;
    }
    throw new ExpressionException("'" + operator + "' takes numbers, not true or false");
  }

  private static boolean truth(Object value, String operator) throws ExpressionException {
    if (value instanceof Boolean truth) {
      return truth;
    }
    throw new ExpressionException("'" + operator + "' takes true or false, not a number");
  }
}
