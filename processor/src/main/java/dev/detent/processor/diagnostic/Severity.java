package dev.detent.processor.diagnostic;

/** What a finding means for the compilation. */
public enum Severity {
  /** No code is generated for the model. */
  ERROR,
  /** Something the user did not write was done, and should be known. */
  NOTE
}
