package dev.detent.processor.emit;

import com.squareup.javapoet.CodeBlock;
import dev.detent.processor.ir.PlacedOperation;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is written in one place: one operation, or the equal steps of a recurrent layer, which are a
 * loop over a method.
 *
 * @param steps what the names of the steps begin with, {@code memory/step}; empty for one operation
 * @param from the first step
 * @param to the step after the last
 * @param step the operations of the first step, or the one
 * @param operations all of them
 */
record Passage(
    String steps, int from, int to, List<PlacedOperation> step, List<PlacedOperation> operations) {
  /** Steps that are fewer are written one after the other. */
  static final int FEWEST = 4;

  static final Pattern STEP = Pattern.compile("(.+/step)(\\d+)/(.+)");

  private static Passage of(PlacedOperation operation) {
    return new Passage("", 0, 1, List.of(operation), List.of(operation));
  }

  boolean isRepeated() {
    return !steps.isEmpty();
  }

  /** The passages of a model. */
  static List<Passage> of(List<PlacedOperation> operations, Scope scope) {
    List<Passage> passages = new ArrayList<>();
    int next = 0;
    while (next < operations.size()) {
      Passage passage = repeated(operations, next, scope);
      passages.add(passage);
      next += passage.operations.size();
    }
    return passages;
  }

  /** As many equal steps as begin at an operation, if these are enough. */
  private static Passage repeated(List<PlacedOperation> operations, int start, Scope scope) {
    PlacedOperation first = operations.get(start);
    Matcher name = STEP.matcher(first.operation().name());
    if (!name.matches()) {
      return of(first);
    }
    String steps = name.group(1);
    int from = Integer.parseInt(name.group(2));
    List<PlacedOperation> step = step(operations, start, steps + from + "/");
    CodeBlock code = Paragraphs.code(step, scope.at(steps, from));
    int to = from + 1;
    int next = start + step.size();
    while (true) {
      List<PlacedOperation> following = step(operations, next, steps + to + "/");
      if (following.size() != step.size()
          || !Paragraphs.code(following, scope.at(steps, to)).equals(code)) {
        break;
      }
      to++;
      next += step.size();
    }
    return to - from < FEWEST
        ? of(first)
        : new Passage(steps, from, to, step, operations.subList(start, next));
  }

  private static List<PlacedOperation> step(
      List<PlacedOperation> operations, int start, String prefix) {
    int end = start;
    while (end < operations.size() && operations.get(end).operation().name().startsWith(prefix)) {
      end++;
    }
    return operations.subList(start, end);
  }
}
