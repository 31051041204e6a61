package dev.detent.examples;

import dev.detent.runtime.data.Dataset;
import dev.detent.runtime.train.Metric;
import dev.detent.runtime.verify.TfliteInterpreter;

/** What an example measures beside the accuracy, in the training graph and of the deployed file. */
interface FileMetric {
  /** In words, for people. */
  String title();

  /** The same of the training graph: a score from 0 to 1 of each example. */
  Metric metric();

  /**
   * The mean over examples of what a file answers.
   *
   * @param int8 the deployed file
   * @param examples at least one
   * @return 0 to 1
   */
  double of(TfliteInterpreter int8, Dataset examples);
}
