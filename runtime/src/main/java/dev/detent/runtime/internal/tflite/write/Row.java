package dev.detent.runtime.internal.tflite.write;

import dev.detent.runtime.internal.tflite.TfliteOperator;
import dev.detent.runtime.internal.tflite.Version;
import dev.detent.runtime.internal.tflite.Versions;
import dev.detent.runtime.network.Operation;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** What an operation of the description is in the file, made by {@link Rows}. */
final class Row {
  static final Versions NO_VERSIONS = new Versions(null, null, null, null);
  private static final String NOTHING = "";

  private final Operation operation;
  private final @Nullable TfliteOperator operator;
  private final String name;
  private Versions versions;
  private @Nullable Object options;
  private @Nullable String narrowForm;
  private int leading;
  private Function<ConstantTensors, int[]> constants = tensors -> new int[0];

  /**
   * An operation without options and constants.
   *
   * @param name what messages call the operator
   */
  Row(Operation operation, @Nullable TfliteOperator operator, String name, Versions versions) {
    this.operation = operation;
    this.operator = operator;
    this.name = name;
    this.versions = versions;
  }

  /** That an operation is not in the file, or is its input there. */
  static Row notInFile(Operation operation) {
    return new Row(operation, null, NOTHING, NO_VERSIONS);
  }

  /** Whether there is something of it in the file. */
  boolean isInFile() {
    return !name.equals(NOTHING);
  }

  /** What it describes. */
  Operation operation() {
    return operation;
  }

  /** Which operation of TFLite it is; null for a constant, which is none. */
  @Nullable TfliteOperator operator() {
    return operator;
  }

  /** Which operation of TFLite is written. */
  TfliteOperator written() {
    return Objects.requireNonNull(operator, name);
  }

  /** Its versions. */
  Versions versions() {
    return versions;
  }

  /** Its table of options; null for an operation without. */
  @Nullable Object options() {
    return options;
  }

  /** What of it is compared in 8 bits only, as {@code groups of channels}; null if nothing is. */
  @Nullable String narrowForm() {
    return narrowForm;
  }

  /** Adds its constant tensors, and returns all operands in the kernel's order. */
  int[] operands(int[] activations, ConstantTensors tensors) {
    int[] added = constants.apply(tensors);
    int[] operands = Arrays.copyOf(added, added.length + activations.length);
    System.arraycopy(activations, 0, operands, leading, activations.length);
    System.arraycopy(
        added, leading, operands, leading + activations.length, added.length - leading);
    return operands;
  }

  /** Something in its attributes came with a later version, if the condition holds. */
  Row since(boolean condition, int number, String runtime) {
    if (condition) {
      versions = versions.atLeast(new Version(number, runtime));
    }
    return this;
  }

  /** Its table of options. */
  Row options(Object table) {
    options = table;
    return this;
  }

  /** A form of the operation that is compared in 8 bits only, if the condition holds. */
  Row narrow(boolean condition, String form) {
    narrowForm = condition ? form : narrowForm;
    return this;
  }

  /** What adds its only constant tensor, which stands after the activations; returns its index. */
  Row constant(ToIntFunction<ConstantTensors> added) {
    return constants(tensors -> new int[] {added.applyAsInt(tensors)});
  }

  /** What adds its constant tensors, which stand after the activations; returns their indices. */
  Row constants(Function<ConstantTensors, int[]> added) {
    constants = added;
    return this;
  }

  /** The same, where so many of the constants stand in front of the activations. */
  Row constants(int inFront, Function<ConstantTensors, int[]> added) {
    leading = inFront;
    return constants(added);
  }

  /** {@code CONV_2D 'name'}. */
  @Override
  public String toString() {
    return name + " '" + operation.name() + "'";
  }
}
