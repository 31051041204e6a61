package dev.detent.runtime.data;

/** What a {@link FeatureSpace} does with a field of a table that is empty. */
public enum MissingValues {
  /** It is a {@link DataException} that names line and column. */
  FAIL,

  /**
   * A number becomes the column's mean in the training data, a category one that is none of the
   * known ones. A missing target is an error.
   */
  IMPUTE,

  /** The row is left out; how many were is in {@link FeatureSpace#skipped}. */
  SKIP_ROW
}
