package dev.detent.processor.expression;

import dev.detent.processor.expression.Token.Kind;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Words to a tree, by recursive descent: a method for each line of the grammar. */
final class ExpressionParser {
  private static final Set<String> RELATIONS = Set.of("==", "!=", "<", "<=", ">", ">=");

  /** More words than anyone writes, each of which may be one call deeper when it is worked out. */
  private static final int MOST_WORDS = 1000;

  /** Deeper than anyone writes, and far from the depth at which the stack ends. */
  private static final int DEEPEST = 100;

  private final String text;
  private final List<Token> words;

  /** Those of the expression that is read. */
  private Set<String> names = new LinkedHashSet<>();

  private int next;
  private int depth;

  ExpressionParser(String text) throws ExpressionException {
    this.text = text;
    this.words = Lexer.words(text);
  }

  Expression parse() throws ExpressionException {
    Expression expression = expression();
    end();
    return expression;
  }

  List<Expression> parseList() throws ExpressionException {
    List<Expression> all = new ArrayList<>();
    boolean braced = take("{");
    do {
      all.add(expression());
    } while (braced && take(","));
    if (braced) {
      expect("}");
    }
    end();
    return all;
  }

  private Expression expression() throws ExpressionException {
    names = new LinkedHashSet<>();
    return new Expression(choice(), names);
  }

  private Node choice() throws ExpressionException {
    if (++depth > DEEPEST) {
      throw new ExpressionException(
          "'" + text + "' is nested more than " + DEEPEST + " levels deep");
    }
    Node condition = or();
    if (take("?")) {
      Node yes = choice();
      expect(":");
      condition = Node.choice(condition, yes, choice());
    }
    depth--;
    return condition;
  }

  private Node or() throws ExpressionException {
    Node left = and();
    while (take("||")) {
      left = Node.logic("||", left, and());
    }
    return left;
  }

  private Node and() throws ExpressionException {
    Node left = relation();
    while (take("&&")) {
      left = Node.logic("&&", left, relation());
    }
    return left;
  }

  private Node relation() throws ExpressionException {
    Node left = sum();
    String operator = peek().text();
    if (peek().kind() == Kind.SYMBOL && RELATIONS.contains(operator)) {
      next++;
      return Node.binary(operator, left, sum());
    }
    return left;
  }

  private Node sum() throws ExpressionException {
    Node left = product();
    while (peek().is("+") || peek().is("-")) {
      left = Node.binary(words.get(next++).text(), left, product());
    }
    return left;
  }

  private Node product() throws ExpressionException {
    Node left = unary();
    while (peek().is("*") || peek().is("/") || peek().is("%")) {
      left = Node.binary(words.get(next++).text(), left, unary());
    }
    return left;
  }

  private Node unary() throws ExpressionException {
    if (peek().is("-") || peek().is("!")) {
      return Node.unary(words.get(next++).text(), primary());
    }
    return primary();
  }

  private Node primary() throws ExpressionException {
    Token word = words.get(next);
    if (take("(")) {
      Node inner = choice();
      expect(")");
      return inner;
    }
    if (word.kind() == Kind.NUMBER) {
      next++;
      Double number = Double.valueOf(word.text());
      return values -> number;
    }
    if (word.kind() != Kind.NAME) {
      throw unexpected("a number, a name or '('");
    }
    next++;
    return switch (word.text()) {
      case "true" -> values -> true;
      case "false" -> values -> false;
      default -> peek().is("(") ? call(word) : name(word.text());
    };
  }

  private Node name(String name) {
    names.add(name);
    return Node.name(name);
  }

  private Node call(Token function) throws ExpressionException {
    Integer wanted = Expression.FUNCTIONS.get(function.text());
    if (wanted == null) {
      throw new ExpressionException(
          "there is no function '"
              + function.text()
              + "', only "
              + String.join(", ", Expression.FUNCTIONS.keySet().stream().sorted().toList()));
    }
    expect("(");
    List<Node> arguments = new ArrayList<>();
    do {
      arguments.add(choice());
    } while (take(","));
    expect(")");
    if (arguments.size() != wanted) {
      throw new ExpressionException(
          "'"
              + function.text()
              + "' takes "
              + wanted
              + (wanted == 1 ? " number" : " numbers")
              + ", not "
              + arguments.size());
    }
    return Node.call(function.text(), arguments);
  }

  private Token peek() {
    return words.get(next);
  }

  private boolean take(String symbol) {
    if (peek().is(symbol)) {
      next++;
      return true;
    }
    return false;
  }

  private void expect(String symbol) throws ExpressionException {
    if (!take(symbol)) {
      throw unexpected("'" + symbol + "'");
    }
  }

  private void end() throws ExpressionException {
    if (words.size() > MOST_WORDS) {
      throw new ExpressionException("it has more than " + MOST_WORDS + " numbers, names and signs");
    }
    if (peek().kind() != Kind.END) {
      throw unexpected("the end");
    }
  }

  private ExpressionException unexpected(String wanted) {
    Token word = peek();
    String found =
        word.kind() == Kind.END
            ? "at the end"
            : "but found '" + word.text() + "' at character " + (word.position() + 1);
    return new ExpressionException("expected " + wanted + " " + found + " of '" + text + "'");
  }
}
