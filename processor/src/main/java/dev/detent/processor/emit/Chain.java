package dev.detent.processor.emit;

import com.squareup.javapoet.CodeBlock;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A call and the calls chained to it: on one line if they fit, else one a line. It is to be part of
 * a statement, which indents its lines.
 */
final class Chain {
  private static final int COLUMNS = 100;
  private static final Pattern PACKAGE = Pattern.compile("\\b(?:[a-z_]\\w*\\.)+(?=[A-Z])");

  private final CodeBlock head;
  private final List<CodeBlock> calls = new ArrayList<>();
  private Ending ending = Ending.OUTPUT;

  /** What the last call is. */
  enum Ending {
    /** {@code output(range, 26, 26, 12)}, or {@code output(26, 26, 12)} in float. */
    OUTPUT,
    /** {@code output(26, 26, 12)}: the range is the input's. */
    SHAPE,
    /** None: the call itself yields the tensor. */
    NONE
  }

  private Chain(CodeBlock head) {
    this.head = head;
  }

  static Chain of(String format, Object... arguments) {
    return new Chain(CodeBlock.of(format, arguments));
  }

  Chain call(String format, Object... arguments) {
    calls.add(CodeBlock.of(format, arguments));
    return this;
  }

  Chain callIf(boolean condition, String format, Object... arguments) {
    return condition ? call(format, arguments) : this;
  }

  Chain ending(Ending other) {
    ending = other;
    return this;
  }

  Ending ending() {
    return ending;
  }

  /**
   * The code.
   *
   * @param columns that stand before it on its line, and the semicolon after it
   */
  CodeBlock build(int columns) {
    CodeBlock line = CodeBlock.builder().add(head).add(CodeBlock.join(calls, "")).build();
    String text = PACKAGE.matcher(line.toString()).replaceAll("");
    return columns + text.length() <= COLUMNS
        ? line
        : CodeBlock.builder().add("$L\n", head).add(CodeBlock.join(calls, "\n")).build();
  }
}
