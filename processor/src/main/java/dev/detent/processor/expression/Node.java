package dev.detent.processor.expression;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A node of the tree. */
sealed interface Node extends Expression {

  /** What it is made of. */
  List<Node> children();

  @Override
  default Set<String> names() {
    Set<String> names = new LinkedHashSet<>();
    children().forEach(child -> names.addAll(child.names()));
    return names;
  }

  /** A number, or true or false. */
  record Constant(Object value) implements Node {
    @Override
    public List<Node> children() {
      return List.of();
    }

    @Override
    public Object evaluate(Map<String, Object> values) {
      return value;
    }
  }

  /** A name. */
  record Name(String name) implements Node {
    @Override
    public List<Node> children() {
      return List.of();
    }

    @Override
    public Set<String> names() {
      return Set.of(name);
    }

    @Override
    public Object evaluate(Map<String, Object> values) throws ExpressionException {
      Object value = values.get(name);
      if (value == null) {
        throw new ExpressionException("'" + name + "' has no value here");
      }
      return value;
    }
  }

  /** A sign or a negation. */
  record Unary(String operator, Node operand) implements Node {
    @Override
    public List<Node> children() {
      return List.of(operand);
    }

    @Override
    public Object evaluate(Map<String, Object> values) throws ExpressionException {
      Object value = operand.evaluate(values);
      return operator.equals("!") ? (Object) !truth(value, operator) : -number(value, operator);
    }
  }

  /** Arithmetic on two numbers, or a comparison. */
  record Binary(String operator, Node left, Node right) implements Node {
    @Override
    public List<Node> children() {
      return List.of(left, right);
    }

    @Override
    public Object evaluate(Map<String, Object> values) throws ExpressionException {
      Object a = left.evaluate(values);
      Object b = right.evaluate(values);
      if (a instanceof Boolean && b instanceof Boolean && operator.equals("==")) {
        return a.equals(b);
      }
      if (a instanceof Boolean && b instanceof Boolean && operator.equals("!=")) {
        return !a.equals(b);
      }
      return compute(number(a, operator), number(b, operator));
    }

    private Object compute(double a, double b) throws ExpressionException {
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
  }

  /** And, or: the right side only where it matters. */
  record Logic(String operator, Node left, Node right) implements Node {
    @Override
    public List<Node> children() {
      return List.of(left, right);
    }

    @Override
    public Object evaluate(Map<String, Object> values) throws ExpressionException {
      boolean decided = operator.equals("||");
      return truth(left.evaluate(values), operator) == decided
          ? decided
          : (Object) truth(right.evaluate(values), operator);
    }
  }

  /** One of two, as a condition says. */
  record Choice(Node condition, Node yes, Node no) implements Node {
    @Override
    public List<Node> children() {
      return List.of(condition, yes, no);
    }

    @Override
    public Object evaluate(Map<String, Object> values) throws ExpressionException {
      return (truth(condition.evaluate(values), "?") ? yes : no).evaluate(values);
    }
  }

  /** A function. */
  record Call(String function, List<Node> arguments) implements Node {
    /** How far below a width {@code divisible} may go. */
    private static final double NOT_BELOW = 0.9;

    @Override
    public List<Node> children() {
      return arguments;
    }

    @Override
    public Object evaluate(Map<String, Object> values) throws ExpressionException {
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
    }

    private static double divisible(double x, double n) throws ExpressionException {
      if (n <= 0) {
        throw new ExpressionException("the second number of 'divisible' is not above 0");
      }
      double near = Math.max(n, Math.floor((x + n / 2) / n) * n);
      return near < NOT_BELOW * x ? near + n : near;
    }
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
