package dev.detent.runtime.verify;

import dev.detent.runtime.data.Batch;
import dev.detent.runtime.data.ElementType;
import dev.detent.runtime.data.Features;

/**
 * Feeds one input of a file as an application would, which scales and rounds as the training graph
 * does.
 */
final class InputFeed {
  private static final int BYTE_VALUES = 256;

  private final DeployedTensor tensor;
  private final int input;
  private final int position;
  private final BorderValues values;
  private float[] storedOfByte = {};

  /**
   * A feed.
   *
   * @param input its number in the examples
   * @param position its number in the file
   */
  InputFeed(DeployedTensor tensor, int input, int position) {
    this.tensor = tensor;
    this.input = input;
    this.position = position;
    values = BorderValues.allocate(tensor.info());
  }

  DeployedTensor tensor() {
    return tensor;
  }

  /**
   * Gives interpreters of the file as many examples of a batch as a run has; after its last one,
   * that again.
   */
  void set(Batch batch, int first, TfliteInterpreter... interpreters) {
    for (int place = 0; place < tensor.batch(); place++) {
      take(batch, Math.min(first + place, batch.count() - 1), place * tensor.elements());
    }
    for (TfliteInterpreter interpreter : interpreters) {
      interpreter.setInput(position, values.memory().array());
    }
  }

  private void take(Batch batch, int example, int into) {
    Features features = batch.features(input);
    int from = example * tensor.elements();
    if (features.type() == ElementType.UINT8) {
      if (storedOfByte.length == 0) {
        tabulate(features);
      }
      byte[] elements = batch.bytes(input);
      for (int i = 0; i < tensor.elements(); i++) {
        values.put(into + i, storedOfByte[elements[from + i] & 0xff]);
      }
    } else {
      float[] elements = batch.floats(input);
      for (int i = 0; i < tensor.elements(); i++) {
        values.put(into + i, tensor.stored(elements[from + i]));
      }
    }
  }

  private void tabulate(Features features) {
    storedOfByte = new float[BYTE_VALUES];
    for (int i = 0; i < BYTE_VALUES; i++) {
      storedOfByte[i] = tensor.stored(i * features.scale() + features.offset());
    }
  }

  /** One example of those that were given last, as values of the tensor. */
  void decode(int place) {
    tensor.read(values, place);
  }
}
