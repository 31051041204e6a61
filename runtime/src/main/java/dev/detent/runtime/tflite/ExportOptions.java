package dev.detent.runtime.tflite;

import java.util.Objects;

/**
 * How a model is written.
 *
 * @param isQuantized integers, or the float model that it is compared with
 * @param inputType type of those inputs that are quantized inside
 * @param outputType type of those outputs that are quantized inside
 * @param description of the file, for people
 * @param batch how many examples one run takes, at least 1; {@link #DYNAMIC_BATCH} for any number
 * @param keepsState whether LSTM layers go on from run to run where the last one ended; else each
 *     run starts from zeros
 */
public record ExportOptions(
    boolean isQuantized,
    BorderType inputType,
    BorderType outputType,
    String description,
    int batch,
    boolean keepsState) {

  /** The description of a file, if none is given. */
  public static final String DEFAULT_DESCRIPTION = "Detent";

  /** Examples of one run, if no number is given: {@value}. */
  public static final int DEFAULT_BATCH = 1;

  /** In place of a number of examples: any, which the application says before it runs the file. */
  public static final int DYNAMIC_BATCH = -1;

  /** The types that a quantized model can take and give. */
  public enum BorderType {
    /** The integers that the model computes with: of 8 bits, or of 16 where a tensor has 16. */
    INT8,
    /** The same integers plus 128: image data as they come. */
    UINT8,
    /** Real numbers. */
    FLOAT32
  }

  /** Checks that all is there. */
  public ExportOptions {
    Objects.requireNonNull(inputType, "inputType");
    Objects.requireNonNull(outputType, "outputType");
    Objects.requireNonNull(description, "description");
    if (batch < 1 && batch != DYNAMIC_BATCH) {
      throw new IllegalArgumentException("a batch of " + batch + "; at least 1 is needed");
    }
  }

  /** An int8 model with int8 inputs and outputs. */
  public static ExportOptions int8() {
    return of(true, BorderType.INT8);
  }

  /** A float model. */
  public static ExportOptions floating() {
    return of(false, BorderType.FLOAT32);
  }

  private static ExportOptions of(boolean isQuantized, BorderType border) {
    return new ExportOptions(
        isQuantized, border, border, DEFAULT_DESCRIPTION, DEFAULT_BATCH, false);
  }

  /** The same with another type of inputs; a float model has float ones always. */
  public ExportOptions inputs(BorderType type) {
    return new ExportOptions(isQuantized, type, outputType, description, batch, keepsState);
  }

  /** The same with another type of outputs; a float model has float ones always. */
  public ExportOptions outputs(BorderType type) {
    return new ExportOptions(isQuantized, inputType, type, description, batch, keepsState);
  }

  /** The same with another description. */
  public ExportOptions describedAs(String text) {
    return new ExportOptions(isQuantized, inputType, outputType, text, batch, keepsState);
  }

  /**
   * The same for so many examples in one run: every shape in the file begins with that number.
   *
   * @param examples at least 1
   * @throws IllegalArgumentException if it is less
   */
  public ExportOptions batch(int examples) {
    return new ExportOptions(isQuantized, inputType, outputType, description, examples, keepsState);
  }

  /**
   * The same for any number of examples in one run. The file has shapes for one; {@code
   * ResizeInputTensor} (Python: {@code resize_tensor_input}) gives its inputs another batch.
   */
  public ExportOptions dynamicBatch() {
    return batch(DYNAMIC_BATCH);
  }

  /**
   * The same for sequences that come in parts: each run goes on with the state in which the last
   * one left the LSTM layers, as TFLite's own converter writes them. The application calls {@code
   * ResetVariableTensors} (Python: {@code reset_all_variables}) in front of each new sequence. A
   * model without LSTM layers has no state, and the same file; one of which an LSTM reads backwards
   * is refused.
   */
  public ExportOptions keepingState() {
    return new ExportOptions(isQuantized, inputType, outputType, description, batch, true);
  }

  public boolean isBatchDynamic() {
    return batch == DYNAMIC_BATCH;
  }
}
