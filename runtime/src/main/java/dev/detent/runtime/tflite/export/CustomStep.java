package dev.detent.runtime.tflite.export;

import java.util.List;

/** A custom operation whose attributes are being set. */
public final class CustomStep extends PlanBuilder.Step {
  private final String layer;
  private final String code;
  private byte[] options = {};
  private List<String> weights = List.of();

  CustomStep(PlanBuilder plan, String name, String code, PlanTensor... inputs) {
    super(plan, OperationKind.CUSTOM, name, inputs);
    if (code.isBlank()) {
      throw new IllegalArgumentException(
          "layer '" + name + "' is a custom operation with a blank code; its kernel needs a name");
    }
    this.layer = name;
    this.code = code;
  }

  /** What the kernel is told, in a format of its own; {@link FlexOptions} writes the usual one. */
  public CustomStep options(byte[] bytes) {
    options = bytes.clone();
    return this;
  }

  /** The layer's weights that the kernel reads, as constant tensors behind its inputs. */
  public CustomStep weights(List<String> names) {
    weights = names.stream().map(name -> layer + "/" + name).toList();
    return this;
  }

  @Override
  OperationAttributes attributes() {
    return new OperationAttributes.Custom(code, options, weights);
  }
}
