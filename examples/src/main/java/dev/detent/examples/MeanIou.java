package dev.detent.examples;

import dev.detent.runtime.data.Dataset;
import dev.detent.runtime.data.Targets;
import dev.detent.runtime.quantizer.Encoding;
import dev.detent.runtime.tflite.TensorInfo;
import dev.detent.runtime.train.Metric;
import dev.detent.runtime.train.Metrics;
import dev.detent.runtime.verify.TfliteInterpreter;

/** {@link Metrics#meanIou()}, and the same of what a file answers. */
final class MeanIou implements FileMetric {
  @Override
  public String title() {
    return "mean IoU";
  }

  @Override
  public Metric metric() {
    return Metrics.meanIou();
  }

  @Override
  public double of(TfliteInterpreter int8, Dataset examples) {
    TensorInfo input = int8.inputs().get(0);
    Encoding grid = new Encoding(input.scale(), input.zeroPoint(), Byte.SIZE);
    float[] values = new float[input.elements()];
    byte[] steps = new byte[values.length];
    byte[] answer = new byte[int8.outputs().get(0).elements()];
    Targets targets = examples.labels();
    int[] classes = new int[targets.classesPerExample()];
    double sum = 0;
    for (int i = 0; i < examples.size(); i++) {
      examples.features().read(i, values, 0);
      for (int j = 0; j < values.length; j++) {
        steps[j] = (byte) grid.quantize(values[j]);
      }
      int8.run(steps, answer);
      targets.readClasses(i, classes, 0);
      sum += ofExample(answer, classes, answer.length / classes.length);
    }
    return sum / examples.size();
  }

  /** The mean over the classes that the answer or the example has. */
  static double ofExample(byte[] answer, int[] classes, int count) {
    int[] both = new int[count];
    int[] either = new int[count];
    for (int place = 0; place < classes.length; place++) {
      int said = 0;
      for (int c = 1; c < count; c++) {
        said = answer[place * count + c] > answer[place * count + said] ? c : said;
      }
      if (said == classes[place]) {
        both[said]++;
        either[said]++;
      } else {
        either[said]++;
        either[classes[place]]++;
      }
    }
    double sum = 0;
    int present = 0;
    for (int c = 0; c < count; c++) {
      if (either[c] > 0) {
        sum += (double) both[c] / either[c];
        present++;
      }
    }
    return sum / present;
  }
}
