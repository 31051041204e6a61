package dev.detent.runtime.weights;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/** A file of weights, open. */
interface WeightSource extends AutoCloseable {

  /** What it is: {@code Keras HDF5}. */
  String kind();

  /** Its weights, in the order of its layers as far as it is known. */
  List<SourceArray> arrays();

  /** What it holds beside weights, and why that is left alone. */
  Map<String, String> ignored();

  @Override
  void close() throws IOException;
}
