package dev.detent.inference;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;

/**
 * What the classes have in common that the processor generates for models: an exported file that
 * was checked to be of the model, and interpreters for as many threads as call at once. After each
 * thread's first call nothing is allocated but results.
 */
public abstract class ModelInference {
  private final TfliteModel model;
  private final Deque<Interpreter> idle = new ArrayDeque<>();

  /** An input or output of the model class, without the batch. */
  protected record Port(String name, boolean holdsIndices, int[] shape) {}

  /**
   * Checks a file.
   *
   * @param modelName the name of the model class, for messages
   * @throws ModelFormatException if the file's inputs and outputs are not the model's, or it takes
   *     several examples at once
   */
  protected ModelInference(
      TfliteModel model, String modelName, List<Port> inputs, List<Port> outputs) {
    this.model = model;
    requireSame(modelName, "input", inputs, model.inputs());
    requireSame(modelName, "output", outputs, model.outputs());
  }

  /** Real numbers of a shape. */
  protected static Port values(String name, int... shape) {
    return new Port(name, false, shape);
  }

  /** Indices of a shape. */
  protected static Port indices(String name, int... shape) {
    return new Port(name, true, shape);
  }

  /**
   * Loads a file, and says its name where something is wrong with it.
   *
   * @throws IOException if it cannot be read
   * @throws ModelFormatException if it is no file of the model
   */
  protected static <T> T load(Path file, Function<TfliteModel, T> model) throws IOException {
    TfliteModel loaded = TfliteModel.load(file);
    try {
      return model.apply(loaded);
    } catch (ModelFormatException e) {
      throw new ModelFormatException(file + ": " + e.getMessage(), e);
    }
  }

  private static void requireSame(
      String modelName, String kind, List<Port> ports, List<TensorSpec> tensors) {
    if (ports.size() != tensors.size()) {
      throw new ModelFormatException(
          "it has " + tensors.size() + " " + kind + "s; " + modelName + " has " + ports.size());
    }
    for (int i = 0; i < ports.size(); i++) {
      Port port = ports.get(i);
      TensorSpec tensor = tensors.get(i);
      List<Integer> shape = new ArrayList<>(List.of(1));
      Arrays.stream(port.shape).forEach(shape::add);
      boolean holdsIndices = tensor.type() == ElementType.INT32;
      if (!tensor.name().equals(port.name)
          || !tensor.shape().equals(shape)
          || holdsIndices != port.holdsIndices) {
        throw new ModelFormatException(
            "its %s %s is '%s' %s%s; %s has '%s' %s%s"
                .formatted(
                    kind,
                    i + 1,
                    tensor.name(),
                    tensor.shape(),
                    holdsIndices ? " of indices" : "",
                    modelName,
                    port.name,
                    shape,
                    port.holdsIndices ? " of indices" : ""));
      }
    }
  }

  /** The file. */
  public TfliteModel model() {
    return model;
  }

  /** An interpreter that no other thread has; {@link #release} gives it back. */
  protected final Interpreter acquire() {
    Interpreter interpreter;
    synchronized (idle) {
      interpreter = idle.poll();
    }
    if (interpreter == null) {
      return model.interpreter();
    }
    interpreter.resetState();
    return interpreter;
  }

  /** Gives an interpreter back. */
  protected final void release(Interpreter interpreter) {
    synchronized (idle) {
      idle.push(interpreter);
    }
  }
}
