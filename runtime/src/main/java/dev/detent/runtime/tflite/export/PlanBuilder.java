package dev.detent.runtime.tflite.export;

import dev.detent.annotations.Activation;
import dev.detent.annotations.Padding;
import dev.detent.runtime.quantizer.ActivationRange;
import dev.detent.runtime.tflite.export.Plan.PlanOperation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Records the plan of a model, one call an operation. Generated code calls it:
 *
 * <pre>{@code
 * PlanTensor image = p.input("image", 28, 28, 1).output(IMAGE);
 * PlanTensor conv = p.conv2d("conv", image).padding(Padding.VALID).activation(Activation.RELU)
 *     .output(CONV, 26, 26, 12);
 * p.output("conv", conv);
 * }</pre>
 *
 * <p>A call begins an operation, the calls behind it set its attributes, and {@code output} ends
 * it: {@code output(range, sizes)} for a quantized tensor, {@code output(sizes)} for a float one.
 * Sizes are without the batch dimension.
 */
public final class PlanBuilder {
  private final List<PlanTensor> inputs = new ArrayList<>();
  private final List<PlanOperation> operations = new ArrayList<>();
  private final List<Plan.Output> outputs = new ArrayList<>();
  private final Map<String, PlanTensor> tensors = new LinkedHashMap<>();

  /** Begins an empty plan. */
  public PlanBuilder() {}

  /** An input of the model with {@code dims} for one example. */
  public InputStep input(String name, int... dims) {
    return new InputStep(this, name, dims);
  }

  /** CONV_2D. */
  public ConvolutionStep conv2d(String name, PlanTensor x) {
    return new ConvolutionStep(this, OperationKind.CONV_2D, name, x);
  }

  /** DEPTHWISE_CONV_2D. */
  public ConvolutionStep depthwiseConv2d(String name, PlanTensor x) {
    return new ConvolutionStep(this, OperationKind.DEPTHWISE_CONV_2D, name, x);
  }

  /** FULLY_CONNECTED. */
  public FusedStep fullyConnected(String name, PlanTensor x) {
    return new FusedStep(this, OperationKind.FULLY_CONNECTED, name, x);
  }

  /** MAX_POOL_2D. */
  public PoolStep maxPool2d(String name, PlanTensor x) {
    return new PoolStep(this, OperationKind.MAX_POOL_2D, name, x);
  }

  /** AVERAGE_POOL_2D. */
  public PoolStep averagePool2d(String name, PlanTensor x) {
    return new PoolStep(this, OperationKind.AVERAGE_POOL_2D, name, x);
  }

  /** MEAN. */
  public MeanStep mean(String name, PlanTensor x) {
    return new MeanStep(this, name, x);
  }

  /** RESHAPE to the sizes of the output. */
  public PlainStep reshape(String name, PlanTensor x) {
    return new PlainStep(this, OperationKind.RESHAPE, name, x);
  }

  /** PAD of {@code [height, width, channels]} with zeros. */
  public PadStep pad(String name, PlanTensor x) {
    return new PadStep(this, name, x);
  }

  /** ADD. */
  public FusedStep add(String name, PlanTensor a, PlanTensor b) {
    return new FusedStep(this, OperationKind.ADD, name, a, b);
  }

  /** CONCATENATION along {@code axis}, counted with the batch dimension. */
  public ConcatenationStep concatenation(String name, int axis, PlanTensor... parts) {
    return new ConcatenationStep(this, name, axis, parts);
  }

  /** RELU on its own. */
  public PlainStep relu(String name, PlanTensor x) {
    return new PlainStep(this, OperationKind.RELU, name, x);
  }

  /** RELU6 on its own. */
  public PlainStep relu6(String name, PlanTensor x) {
    return new PlainStep(this, OperationKind.RELU6, name, x);
  }

  /** SOFTMAX over the last axis. */
  public PlainStep softmax(String name, PlanTensor x) {
    return new PlainStep(this, OperationKind.SOFTMAX, name, x);
  }

  /** QUANTIZE: float to integers, or integers to those of another range. */
  public PlainStep quantize(String name, PlanTensor x) {
    return new PlainStep(this, OperationKind.QUANTIZE, name, x);
  }

  /** DEQUANTIZE: integers to float. */
  public PlainStep dequantize(String name, PlanTensor x) {
    return new PlainStep(this, OperationKind.DEQUANTIZE, name, x);
  }

  /**
   * A custom operation, whose kernel the application registers with TFLite under this code.
   *
   * @throws IllegalArgumentException if the code is blank
   */
  public CustomStep custom(String name, String code, PlanTensor... inputs) {
    return new CustomStep(this, name, code, inputs);
  }

  /** A second name for a tensor, as for a dropout's output, which is its input once deployed. */
  public PlanTensor alias(String name, PlanTensor x) {
    register(name, x);
    return x;
  }

  /** Makes a tensor an output of the model. */
  public void output(String name, PlanTensor x) {
    requireOwn(x);
    if (outputs.stream().anyMatch(output -> output.name().equals(name))) {
      throw new IllegalArgumentException("two outputs are called '" + name + "'");
    }
    outputs.add(new Plan.Output(name, x));
  }

  /**
   * The tensor of a layer recorded before.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  public PlanTensor tensor(String name) {
    PlanTensor tensor = tensors.get(name);
    if (tensor == null) {
      throw new IllegalArgumentException("no tensor '" + name + "'; there are " + tensors.keySet());
    }
    return tensor;
  }

  /**
   * Ends the plan.
   *
   * @throws IllegalStateException if it has no input or no output
   */
  public Plan build() {
    if (inputs.isEmpty() || outputs.isEmpty()) {
      throw new IllegalStateException(
          "a plan needs inputs and outputs; this has " + inputs.size() + " and " + outputs.size());
    }
    return new Plan(inputs, operations, outputs);
  }

  private void register(String name, PlanTensor tensor) {
    if (tensors.putIfAbsent(name, tensor) != null) {
      throw new IllegalArgumentException("two tensors are called '" + name + "'");
    }
  }

  private void requireOwn(PlanTensor tensor) {
    if (!tensors.containsValue(tensor)) {
      throw new IllegalArgumentException("tensor '" + tensor.name() + "' is of another plan");
    }
  }

  /** An operation whose attributes are being set. */
  public abstract static class Step {
    private final PlanBuilder plan;
    private final OperationKind kind;
    private final String name;
    private final List<PlanTensor> operands;

    Step(PlanBuilder plan, OperationKind kind, String name, PlanTensor... operands) {
      this.plan = plan;
      this.kind = kind;
      this.name = name;
      this.operands = List.of(operands);
      this.operands.forEach(plan::requireOwn);
    }

    abstract OperationAttributes attributes();

    /** Ends the operation with a quantized output of these sizes. */
    public PlanTensor output(ActivationRange range, int... dims) {
      return record(new PlanTensor(name, dims, range));
    }

    /** Ends the operation with a float output of these sizes. */
    public PlanTensor output(int... dims) {
      return record(new PlanTensor(name, dims, null));
    }

    /** Ends the operation with a float output of these sizes. */
    public PlanTensor floatOutput(int... dims) {
      return output(dims);
    }

    private PlanTensor record(PlanTensor output) {
      plan.register(name, output);
      plan.operations.add(new PlanOperation(kind, name, operands, output, attributes()));
      return output;
    }
  }

  /** An input of the model. */
  public static final class InputStep {
    private final PlanBuilder plan;
    private final String name;
    private final int[] dims;

    private InputStep(PlanBuilder plan, String name, int[] dims) {
      this.plan = plan;
      this.name = name;
      this.dims = dims;
    }

    /** Ends it as integers of a range. */
    public PlanTensor output(ActivationRange range) {
      return record(new PlanTensor(name, dims, range));
    }

    /** Ends it as float. */
    public PlanTensor output() {
      return record(new PlanTensor(name, dims, null));
    }

    /** Ends it as float. */
    public PlanTensor floatOutput() {
      return output();
    }

    private PlanTensor record(PlanTensor input) {
      plan.register(name, input);
      plan.inputs.add(input);
      return input;
    }
  }

  /** An operation without attributes. */
  public static final class PlainStep extends Step {
    private PlainStep(PlanBuilder plan, OperationKind kind, String name, PlanTensor x) {
      super(plan, kind, name, x);
    }

    @Override
    OperationAttributes attributes() {
      return new OperationAttributes.None();
    }
  }

  /** An operation that can only be told an activation. */
  public static final class FusedStep extends Step {
    private Activation activation = Activation.NONE;

    private FusedStep(PlanBuilder plan, OperationKind kind, String name, PlanTensor... operands) {
      super(plan, kind, name, operands);
    }

    /** Fuses an activation in; without the call there is none. */
    public FusedStep activation(Activation value) {
      activation = value;
      return this;
    }

    @Override
    OperationAttributes attributes() {
      return new OperationAttributes.Fused(activation);
    }
  }

  /** CONV_2D or DEPTHWISE_CONV_2D. */
  public static final class ConvolutionStep extends Step {
    private int strideHeight = 1;
    private int strideWidth = 1;
    private int dilationHeight = 1;
    private int dilationWidth = 1;
    private Padding padding = Padding.VALID;
    private int depthMultiplier = 1;
    private Activation activation = Activation.NONE;

    private ConvolutionStep(PlanBuilder plan, OperationKind kind, String name, PlanTensor x) {
      super(plan, kind, name, x);
    }

    /** Steps from window to window; without the call 1. */
    public ConvolutionStep strides(int height, int width) {
      strideHeight = height;
      strideWidth = width;
      return this;
    }

    /** Distance of the kernel's taps; without the call 1. */
    public ConvolutionStep dilations(int height, int width) {
      dilationHeight = height;
      dilationWidth = width;
      return this;
    }

    /** What happens at the edges; without the call {@link Padding#VALID}. */
    public ConvolutionStep padding(Padding value) {
      padding = value;
      return this;
    }

    /** Output channels for each input channel of a depthwise convolution; without the call 1. */
    public ConvolutionStep depthMultiplier(int value) {
      depthMultiplier = value;
      return this;
    }

    /** Fuses an activation in; without the call there is none. */
    public ConvolutionStep activation(Activation value) {
      activation = value;
      return this;
    }

    @Override
    OperationAttributes attributes() {
      return new OperationAttributes.Convolution(
          strideHeight,
          strideWidth,
          dilationHeight,
          dilationWidth,
          padding,
          depthMultiplier,
          activation);
    }
  }

  /** MAX_POOL_2D or AVERAGE_POOL_2D. */
  public static final class PoolStep extends Step {
    private int windowHeight = 1;
    private int windowWidth = 1;
    private int strideHeight = 1;
    private int strideWidth = 1;
    private Padding padding = Padding.VALID;
    private Activation activation = Activation.NONE;

    private PoolStep(PlanBuilder plan, OperationKind kind, String name, PlanTensor x) {
      super(plan, kind, name, x);
    }

    /** The window's size, and the strides too until {@link #strides} says otherwise. */
    public PoolStep poolSize(int height, int width) {
      windowHeight = height;
      windowWidth = width;
      strideHeight = height;
      strideWidth = width;
      return this;
    }

    /** Steps from window to window; behind {@link #poolSize}. */
    public PoolStep strides(int height, int width) {
      strideHeight = height;
      strideWidth = width;
      return this;
    }

    /** What happens at the edges; without the call {@link Padding#VALID}. */
    public PoolStep padding(Padding value) {
      padding = value;
      return this;
    }

    /** Fuses an activation in; without the call there is none. */
    public PoolStep activation(Activation value) {
      activation = value;
      return this;
    }

    @Override
    OperationAttributes attributes() {
      return new OperationAttributes.Pool(
          windowHeight, windowWidth, strideHeight, strideWidth, padding, activation);
    }
  }

  /** MEAN. */
  public static final class MeanStep extends Step {
    private List<Integer> axes = List.of(1, 2);
    private boolean keepDims;

    private MeanStep(PlanBuilder plan, String name, PlanTensor x) {
      super(plan, OperationKind.MEAN, name, x);
    }

    /** The axes, counted with the batch dimension; without the call 1 and 2. */
    public MeanStep axes(int... values) {
      axes = Arrays.stream(values).boxed().toList();
      return this;
    }

    /** Whether those axes stay with size 1; without the call they do not. */
    public MeanStep keepDims(boolean value) {
      keepDims = value;
      return this;
    }

    @Override
    OperationAttributes attributes() {
      return new OperationAttributes.Reduction(axes, keepDims);
    }
  }

  /** PAD. */
  public static final class PadStep extends Step {
    private OperationAttributes.Margins margins = new OperationAttributes.Margins(0, 0, 0, 0);

    private PadStep(PlanBuilder plan, String name, PlanTensor x) {
      super(plan, OperationKind.PAD, name, x);
    }

    /** Rows above and below, columns before and behind; without the call 0. */
    public PadStep paddings(int top, int bottom, int left, int right) {
      margins = new OperationAttributes.Margins(top, bottom, left, right);
      return this;
    }

    @Override
    OperationAttributes attributes() {
      return margins;
    }
  }

  /** CONCATENATION. */
  public static final class ConcatenationStep extends Step {
    private final int axis;

    private ConcatenationStep(PlanBuilder plan, String name, int axis, PlanTensor... parts) {
      super(plan, OperationKind.CONCATENATION, name, parts);
      this.axis = axis;
    }

    @Override
    OperationAttributes attributes() {
      return new OperationAttributes.Axis(axis);
    }
  }
}
