package dev.detent.processor.emit;

import com.squareup.javapoet.CodeBlock;
import java.util.ArrayList;
import java.util.List;

/**
 * A call and the calls chained to it: on one line if there are few, else one a line. It is to be
 * part of a statement, which indents its lines.
 */
final class Chain {
  private static final int FEW = 1;

  private final CodeBlock head;
  private final List<CodeBlock> calls = new ArrayList<>();

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

  CodeBlock build() {
    CodeBlock.Builder code = CodeBlock.builder().add(head);
    boolean few = calls.size() <= FEW;
    for (CodeBlock call : calls) {
      code.add(few ? "" : "\n").add(call);
    }
    return code.build();
  }
}
