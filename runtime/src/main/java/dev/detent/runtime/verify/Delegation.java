package dev.detent.runtime.verify;

import dev.detent.runtime.tflite.OperationInfo;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How many of a file's operations XNNPACK runs. What it leaves to the built-in kernels is often why
 * an int8 file is hardly faster than its float one, or slower: such kernels are slow, and XNNPACK's
 * work is cut in parts there.
 *
 * @param operations of the file
 * @param left those that the built-in kernels run, by name; the most frequent first
 */
public record Delegation(int operations, Map<String, Integer> left) {

  /** Copies the map. */
  public Delegation {
    left = Collections.unmodifiableMap(new LinkedHashMap<>(left));
  }

  /**
   * Of a loaded file.
   *
   * @param interpreter that runs on XNNPACK; the built-in kernels leave nothing to anybody
   */
  public static Delegation of(TfliteInterpreter interpreter) {
    Map<String, Integer> left = new LinkedHashMap<>();
    OperationInfo.histogram(interpreter.builtInOperations()).entrySet().stream()
        .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
        .forEach(entry -> left.put(entry.getKey(), entry.getValue()));
    return new Delegation(interpreter.info().operations().size(), left);
  }

  /** Whether XNNPACK runs all of them. */
  public boolean isComplete() {
    return left.isEmpty();
  }

  /** What is left, as {@code 11 HARD_SWISH, 2 SOFTMAX}; empty if nothing is. */
  public String leftAsText() {
    return left.entrySet().stream()
        .map(entry -> entry.getValue() + " " + entry.getKey())
        .collect(Collectors.joining(", "));
  }

  /** A sentence. */
  @Override
  public String toString() {
    int count = left.values().stream().mapToInt(Integer::intValue).sum();
    return isComplete()
        ? "XNNPACK runs all " + operations + " operations."
        : "XNNPACK leaves %s of %s operations to the built-in kernels: %s."
            .formatted(count, operations, leftAsText());
  }
}
