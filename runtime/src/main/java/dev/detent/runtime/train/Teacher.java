package dev.detent.runtime.train;

import dev.detent.runtime.data.Batch;
import java.util.List;

/** What a model can learn from: every {@link dev.detent.runtime.DetentModel} is one. */
public interface Teacher {

  /**
   * What it answers to a batch.
   *
   * @param batch the inputs as the model in training sees them
   * @return for each output of the model in training, in its order, the values of all examples one
   *     after the other, {@code count * width} of them: what the last softmax reads where the
   *     output is one, else the output
   */
  List<float[]> logits(Batch batch);
}
