package dev.detent.runtime.parity;

import dev.detent.runtime.TinyModel;
import dev.detent.runtime.graph.GraphBuilder;
import dev.detent.runtime.graph.LayerTensor;
import dev.detent.runtime.graph.WeightedLayer;
import dev.detent.runtime.quantizer.ActivationRange;
import dev.detent.runtime.tflite.export.PlanBuilder;
import dev.detent.runtime.tflite.export.PlanTensor;
import java.util.Random;

/** A model of the input "x" in range {@code x} and one layer "y" with weights. */
final class OneLayer {
  private ActivationRange x = ActivationRange.learned("x", 8);
  private ActivationRange y = ActivationRange.learned("y", 8);
  private final int[] inputShape;
  private int[] outputShape;

  private OneLayer(int... inputShape) {
    this.inputShape = inputShape;
  }

  /** Which reads an input of this shape. */
  static OneLayer reading(int... shape) {
    return new OneLayer(shape);
  }

  OneLayer inputRange(ActivationRange range) {
    x = range;
    return this;
  }

  OneLayer outputRange(ActivationRange range) {
    y = range;
    return this;
  }

  /** The layer in the graph, but for its output. */
  interface InGraph {
    WeightedLayer of(GraphBuilder g, LayerTensor x);
  }

  /** The operation in the plan, but for its output. */
  interface InPlan {
    PlanBuilder.Step of(PlanBuilder p, PlanTensor x);
  }

  /** The model, with weights as a hard training would leave them. */
  TinyModel model(InGraph layer, InPlan operation) {
    return new TinyModel(
            g -> {
              LayerTensor result = layer.of(g, g.input("x", inputShape).output(x)).output(y);
              outputShape = result.shape();
              g.output("y", result);
            },
            p ->
                p.output(
                    "y",
                    operation.of(p, p.input("x", inputShape).output(x)).output(y, outputShape)),
            3)
        .shuffled(new Random(8));
  }

  /** The output's sizes, once the model is made. */
  int[] outputShape() {
    return outputShape.clone();
  }

  /** Random inputs for the model. */
  float[][] data(int examples, double mean, double deviation) {
    return Parity.gaussian(new Random(21), examples, mean, deviation, Parity.elements(inputShape));
  }
}
