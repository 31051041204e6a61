package dev.detent.runtime.parity;

import dev.detent.runtime.TinyModel;
import dev.detent.runtime.graph.GraphBuilder;
import dev.detent.runtime.graph.LayerTensor;
import dev.detent.runtime.quantizer.ActivationRange;
import dev.detent.runtime.tflite.export.PlanBuilder;
import dev.detent.runtime.tflite.export.PlanTensor;
import java.util.List;

/** A model of one or two inputs, "x" and "z", and one operation "y" without weights. */
final class OneOperation {
  static final ActivationRange X = ActivationRange.learned("x", 8);
  static final ActivationRange Z = ActivationRange.learned("z", 8);
  static final ActivationRange Y = ActivationRange.learned("y", 8);

  private final ActivationRange first;
  private final ActivationRange second;
  private final ActivationRange result;
  private int[] outputShape;

  private OneOperation(ActivationRange first, ActivationRange second, ActivationRange result) {
    this.first = first;
    this.second = second;
    this.result = result;
  }

  /** With input and output in ranges of their own. */
  static OneOperation own() {
    return new OneOperation(X, Z, Y);
  }

  /** With inputs in ranges of their own, and this for the output. */
  static OneOperation own(ActivationRange output) {
    return new OneOperation(X, Z, output);
  }

  /** With all inputs and the output in one range. */
  static OneOperation tied() {
    return new OneOperation(X, X, X);
  }

  /** The operation in the graph. */
  interface InGraph {
    LayerTensor of(GraphBuilder g, List<LayerTensor> inputs, ActivationRange output);
  }

  /** The operation in the plan, but for its output. */
  interface InPlan {
    PlanBuilder.Step of(PlanBuilder p, List<PlanTensor> inputs);
  }

  /** The model. */
  TinyModel model(InGraph layer, InPlan operation, int[]... shapes) {
    String[] names = {"x", "z"};
    ActivationRange[] ranges = {first, second};
    return new TinyModel(
        g -> {
          LayerTensor[] inputs = new LayerTensor[shapes.length];
          for (int i = 0; i < inputs.length; i++) {
            inputs[i] = g.input(names[i], shapes[i]).output(ranges[i]);
          }
          LayerTensor y = layer.of(g, List.of(inputs), result);
          outputShape = y.shape();
          g.output("y", y);
        },
        p -> {
          PlanTensor[] inputs = new PlanTensor[shapes.length];
          for (int i = 0; i < inputs.length; i++) {
            inputs[i] = p.input(names[i], shapes[i]).output(ranges[i]);
          }
          p.output("y", operation.of(p, List.of(inputs)).output(result, outputShape));
        },
        1);
  }
}
