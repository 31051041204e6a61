package dev.detent.examples;

import dev.detent.runtime.data.Dataset;
import dev.detent.runtime.data.Features;
import dev.detent.runtime.tflite.interpreter.Kernels;
import dev.detent.runtime.tflite.interpreter.TensorInfo;
import dev.detent.runtime.tflite.interpreter.TfliteInterpreter;
import java.nio.file.Path;

/** An exported classifier in the real TensorFlow Lite. */
final class DeployedFile implements AutoCloseable {
  private final TfliteInterpreter interpreter;
  private final TensorInfo input;
  private final TensorInfo output;

  DeployedFile(Path file, Kernels kernels) {
    interpreter = TfliteInterpreter.open(file, kernels);
    input = interpreter.inputs().get(0);
    output = interpreter.outputs().get(0);
  }

  /** The share of examples that it classifies right, 0 to 1. */
  double accuracy(Dataset test) {
    Features features = test.features();
    float[] values = new float[features.elements()];
    int right = 0;
    for (int i = 0; i < test.size(); i++) {
      features.read(i, values, 0);
      if (classify(values) == test.labels().classAt(i)) {
        right++;
      }
    }
    return (double) right / test.size();
  }

  private int classify(float[] values) {
    if (!input.isQuantized()) {
      interpreter.setInput(0, values);
      interpreter.invoke();
      return indexOfLargest(interpreter.outputFloats(0));
    }
    byte[] integers = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      double integer = Math.floor(values[i] / input.scale() + 0.5) + input.zeroPoint();
      integers[i] = (byte) Math.max(Byte.MIN_VALUE, Math.min(Byte.MAX_VALUE, integer));
    }
    interpreter.setInput(0, integers);
    interpreter.invoke();
    byte[] bytes = interpreter.outputBytes(0);
    float[] scores = new float[output.elements()];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = bytes[i];
    }
    return indexOfLargest(scores);
  }

  private static int indexOfLargest(float[] scores) {
    int best = 0;
    for (int i = 1; i < scores.length; i++) {
      if (scores[i] > scores[best]) {
        best = i;
      }
    }
    return best;
  }

  TfliteInterpreter interpreter() {
    return interpreter;
  }

  @Override
  public void close() {
    interpreter.close();
  }
}
