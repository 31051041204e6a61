package dev.detent.runtime.internal.tflite.check;

import dev.detent.runtime.internal.tflite.Shortened;
import dev.detent.runtime.tflite.OperationInfo;
import dev.detent.runtime.tflite.TensorInfo;
import dev.detent.runtime.tflite.TfliteFinding;
import dev.detent.runtime.tflite.TfliteFinding.Rule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What is found in a file, in words whose lists have room for a few elements. */
final class FindingList {
  private final List<TfliteFinding> findings = new ArrayList<>();

  boolean isEmpty() {
    return findings.isEmpty();
  }

  List<TfliteFinding> toList() {
    return List.copyOf(findings);
  }

  void addAll(List<TfliteFinding> others) {
    findings.addAll(others);
  }

  /** Adds one about a file. */
  void add(Rule rule, String what, Object... values) {
    add(rule, "", "", what, values);
  }

  /** Adds one about an operation. */
  void add(Rule rule, OperationInfo operation, String what, Object... values) {
    add(rule, operation.name(), "", what, values);
  }

  /** Adds one about a tensor. */
  void add(Rule rule, TensorInfo tensor, String what, Object... values) {
    add(rule, "", tensor.name(), what, values);
  }

  /** Adds one about a tensor of an operation. */
  void add(Rule rule, OperationInfo operation, TensorInfo tensor, String what, Object... values) {
    add(rule, operation.name(), tensor.name(), what, values);
  }

  private void add(Rule rule, String operation, String tensor, String what, Object[] values) {
    Object[] shown =
        Arrays.stream(values)
            .map(value -> value instanceof List<?> list ? Shortened.list(list) : value)
            .toArray();
    findings.add(new TfliteFinding(rule, operation, tensor, what.formatted(shown)));
  }
}
