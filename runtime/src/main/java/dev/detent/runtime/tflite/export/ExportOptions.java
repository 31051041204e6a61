package dev.detent.runtime.tflite.export;

import java.util.Objects;

/**
 * How a model is written.
 *
 * @param isQuantized integers, or the float model that it is compared with
 * @param inputType type of those inputs that are quantized inside
 * @param outputType type of those outputs that are quantized inside
 * @param description of the file, for people
 */
public record ExportOptions(
    boolean isQuantized, BorderType inputType, BorderType outputType, String description) {

  /** The description of a file, if none is given. */
  public static final String DEFAULT_DESCRIPTION = "Detent";

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
  }

  /** An int8 model with int8 inputs and outputs. */
  public static ExportOptions int8() {
    return new ExportOptions(true, BorderType.INT8, BorderType.INT8, DEFAULT_DESCRIPTION);
  }

  /** A float model. */
  public static ExportOptions floating() {
    return new ExportOptions(false, BorderType.FLOAT32, BorderType.FLOAT32, DEFAULT_DESCRIPTION);
  }

  /** The same with another type of inputs; a float model has float ones always. */
  public ExportOptions inputs(BorderType type) {
    return new ExportOptions(isQuantized, type, outputType, description);
  }

  /** The same with another type of outputs; a float model has float ones always. */
  public ExportOptions outputs(BorderType type) {
    return new ExportOptions(isQuantized, inputType, type, description);
  }

  /** The same with another description. */
  public ExportOptions describedAs(String text) {
    return new ExportOptions(isQuantized, inputType, outputType, text);
  }
}
