package dev.detent.runtime.verify;

/** Sums up how far the graph and the two sets of kernels agree on one tensor. */
final class ThreeWayTally {
  private final DeployedTensor tensor;
  private final AgreementTally builtIn;
  private final AgreementTally xnnpack;
  private final AgreementTally betweenKernels;

  /**
   * An empty one.
   *
   * @param classes how many values make one answer; 1 where each value is one, as an index; 0 where
   *     there are no answers
   */
  ThreeWayTally(DeployedTensor tensor, int classes) {
    this.tensor = tensor;
    builtIn = new AgreementTally(tensor.bits(), classes);
    xnnpack = new AgreementTally(tensor.bits(), classes);
    betweenKernels = new AgreementTally(tensor.bits(), classes);
  }

  /**
   * Adds one example.
   *
   * @param graph the quantized pass's values, those of the example from {@code from} on
   * @param readBuiltIn reads the tensor where the built-in kernels have computed it
   * @param readXnnpack reads the tensor where XNNPACK has
   */
  void add(float[] graph, int from, Runnable readBuiltIn, Runnable readXnnpack) {
    float[] expected = new float[tensor.elements()];
    tensor.graphSteps(graph, from, expected);
    readBuiltIn.run();
    float[] ofBuiltIn = tensor.steps.clone();
    readXnnpack.run();
    builtIn.add(expected, ofBuiltIn);
    xnnpack.add(expected, tensor.steps);
    betweenKernels.add(ofBuiltIn, tensor.steps);
  }

  Agreement builtIn() {
    return builtIn.agreement();
  }

  Agreement xnnpack() {
    return xnnpack.agreement();
  }

  Agreement betweenKernels() {
    return betweenKernels.agreement();
  }
}
