package dev.detent.runtime.internal.report;

/** What the forms of a model are called. */
public final class Forms {
  /** With the weights that it had before it was fine-tuned. */
  public static final String FLOAT = "float";

  /** With ranges from a calibration, and those weights. */
  public static final String POST_TRAINING = "post-training quantization";

  /** After fine-tuning. */
  public static final String QAT = "quantization-aware training";

  /** Deployed, on XNNPACK. */
  public static final String FILE = "int8 in TFLite, XNNPACK";

  private Forms() {}
}
