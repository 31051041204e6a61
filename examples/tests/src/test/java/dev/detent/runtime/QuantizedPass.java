package dev.detent.runtime;

import dev.detent.runtime.internal.graph.ModelGraph;

/** Opens the graph of a generated model to tests, which look at its layers one by one. */
public final class QuantizedPass {
  private QuantizedPass() {}

  /** The graph behind a model. */
  public static ModelGraph graphOf(DetentModel<?> model) {
    return model.modelGraph();
  }
}
