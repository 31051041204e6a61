package dev.detent.runtime.weights;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * A file of weights, open.
 *
 * @param kind what it is: {@code Keras HDF5}
 * @param arrays its weights, in the order of its layers as far as it is known
 * @param ignored what it holds beside weights, and why that is left alone
 * @param file closed with this
 */
record WeightSource(
    String kind, List<SourceArray> arrays, Map<String, String> ignored, Closeable file)
    implements Closeable {

  @Override
  public void close() throws IOException {
    file.close();
  }
}
