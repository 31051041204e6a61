package dev.detent.runtime.tflite.export;

import dev.detent.annotations.Activation;
import dev.detent.runtime.quantizer.ActivationRange;
import dev.detent.runtime.quantizer.KernelRange;
import dev.detent.runtime.tflite.export.Plan.PlanOperation;
import java.util.ArrayList;
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

  /** An input of the model that holds int32, with {@code dims} for one example. */
  public PlanTensor indices(String name, int... dims) {
    PlanTensor input = PlanTensor.ofIndices(name, dims);
    register(name, input);
    inputs.add(input);
    return input;
  }

  /** CONV_2D. */
  public ConvolutionStep conv2d(String name, PlanTensor x) {
    return new ConvolutionStep(this, OperationKind.CONV_2D, name, x);
  }

  /** DEPTHWISE_CONV_2D. */
  public ConvolutionStep depthwiseConv2d(String name, PlanTensor x) {
    return new ConvolutionStep(this, OperationKind.DEPTHWISE_CONV_2D, name, x);
  }

  /** TRANSPOSE_CONV; the output's sizes say which of the possible ones it is. */
  public TransposedConvolutionStep transposeConv(String name, PlanTensor x) {
    return new TransposedConvolutionStep(this, name, x);
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
  public ReductionStep mean(String name, PlanTensor x) {
    return new ReductionStep(this, OperationKind.MEAN, name, x);
  }

  /** The MUL of a batch norm that stands alone. */
  public ConstantOperandStep batchNormScale(String name, PlanTensor x) {
    return new ConstantOperandStep(this, OperationKind.MUL_CONSTANT, name, x);
  }

  /** The ADD of a batch norm that stands alone. */
  public ConstantOperandStep batchNormShift(String name, PlanTensor x) {
    return new ConstantOperandStep(this, OperationKind.ADD_CONSTANT, name, x);
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

  /** MUL. */
  public FusedStep multiply(String name, PlanTensor a, PlanTensor b) {
    return new FusedStep(this, OperationKind.MUL, name, a, b);
  }

  /** SUB. */
  public FusedStep subtract(String name, PlanTensor a, PlanTensor b) {
    return new FusedStep(this, OperationKind.SUB, name, a, b);
  }

  /** MAXIMUM. */
  public PlainStep maximum(String name, PlanTensor a, PlanTensor b) {
    return new PlainStep(this, OperationKind.MAXIMUM, name, a, b);
  }

  /** MINIMUM. */
  public PlainStep minimum(String name, PlanTensor a, PlanTensor b) {
    return new PlainStep(this, OperationKind.MINIMUM, name, a, b);
  }

  /** The operations that put values in other places. */
  public Moves move(String name, PlanTensor x) {
    return new Moves(this, name, x);
  }

  /** RESIZE_NEAREST_NEIGHBOR to the sizes of the output. */
  public ResizeStep resizeNearestNeighbor(String name, PlanTensor x) {
    return new ResizeStep(this, OperationKind.RESIZE_NEAREST_NEIGHBOR, name, x);
  }

  /** RESIZE_BILINEAR to the sizes of the output. */
  public ResizeStep resizeBilinear(String name, PlanTensor x) {
    return new ResizeStep(this, OperationKind.RESIZE_BILINEAR, name, x);
  }

  /** SUM. */
  public ReductionStep sum(String name, PlanTensor x) {
    return new ReductionStep(this, OperationKind.SUM, name, x);
  }

  /** REDUCE_MAX. */
  public ReductionStep reduceMax(String name, PlanTensor x) {
    return new ReductionStep(this, OperationKind.REDUCE_MAX, name, x);
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
  public SoftmaxStep softmax(String name, PlanTensor x) {
    return new SoftmaxStep(this, name, x);
  }

  /** BATCH_MATMUL. */
  public MatrixProductStep batchMatMul(String name, PlanTensor a, PlanTensor b) {
    return new MatrixProductStep(this, name, a, b);
  }

  /** UNIDIRECTIONAL_SEQUENCE_LSTM. */
  public LstmStep lstm(String name, PlanTensor x) {
    return new LstmStep(this, name, x);
  }

  /** STRIDED_SLICE of one step of a sequence, from 0, as a sequence of one. */
  public SequenceStep step(String name, PlanTensor x, int index) {
    return new SequenceStep(this, name, x, index, false);
  }

  /** STRIDED_SLICE of the last step of a sequence. */
  public SequenceStep lastStep(String name, PlanTensor x) {
    return new SequenceStep(this, name, x, x.dims()[0] - 1, true);
  }

  /** GATHER of rows of a table. */
  public GatherStep gather(String name, PlanTensor table, PlanTensor indices) {
    return new GatherStep(this, name, table, indices);
  }

  /** A constant tensor, of these sizes and without a batch dimension. */
  public ParameterStep parameter(String name, int... dims) {
    return new ParameterStep(this, name, dims);
  }

  /** RELU_N1_TO_1 on its own. */
  public PlainStep reluN1To1(String name, PlanTensor x) {
    return new PlainStep(this, OperationKind.RELU_N1_TO_1, name, x);
  }

  /** LOGISTIC. */
  public PlainStep logistic(String name, PlanTensor x) {
    return new PlainStep(this, OperationKind.LOGISTIC, name, x);
  }

  /** TANH. */
  public PlainStep tanh(String name, PlanTensor x) {
    return new PlainStep(this, OperationKind.TANH, name, x);
  }

  /** LEAKY_RELU, with what negative values are multiplied with. */
  public ActivationStep leakyRelu(String name, PlanTensor x, double alpha) {
    var attributes = new OperationAttributes.Slope(alpha);
    return new ActivationStep(this, OperationKind.LEAKY_RELU, name, x, attributes);
  }

  /** PRELU. */
  public PlainStep prelu(String name, PlanTensor x) {
    return new PlainStep(this, OperationKind.PRELU, name, x);
  }

  /** ELU. */
  public PlainStep elu(String name, PlanTensor x) {
    return new PlainStep(this, OperationKind.ELU, name, x);
  }

  /** HARD_SWISH. */
  public PlainStep hardSwish(String name, PlanTensor x) {
    return new PlainStep(this, OperationKind.HARD_SWISH, name, x);
  }

  /** GELU, exact or by a tanh. */
  public ActivationStep gelu(String name, PlanTensor x, boolean isApproximate) {
    var attributes = new OperationAttributes.Approximation(isApproximate);
    return new ActivationStep(this, OperationKind.GELU, name, x, attributes);
  }

  /** LOG_SOFTMAX over the last axis. */
  public PlainStep logSoftmax(String name, PlanTensor x) {
    return new PlainStep(this, OperationKind.LOG_SOFTMAX, name, x);
  }

  /** EXP. */
  public PlainStep exp(String name, PlanTensor x) {
    return new PlainStep(this, OperationKind.EXP, name, x);
  }

  /** L2_NORMALIZATION over the last axis. */
  public PlainStep l2Normalize(String name, PlanTensor x) {
    return new PlainStep(this, OperationKind.L2_NORMALIZATION, name, x);
  }

  /** ADD with one number for all values. */
  public NumberStep addConstant(String name, PlanTensor x, double constant) {
    return new NumberStep(this, OperationKind.ADD, name, x, constant);
  }

  /** MUL with one number for all values. */
  public NumberStep multiplyConstant(String name, PlanTensor x, double constant) {
    return new NumberStep(this, OperationKind.MUL, name, x, constant);
  }

  /** MINIMUM with one number for all values. */
  public NumberStep minimum(String name, PlanTensor x, double bound) {
    return new NumberStep(this, OperationKind.MINIMUM, name, x, bound);
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

    /**
     * Ends the operation with a quantized output of these sizes: in the range that the kernel
     * prescribes, where it does.
     */
    public PlanTensor output(ActivationRange range, int... dims) {
      KernelRange prescribed = kind.prescribedRange();
      return record(new PlanTensor(name, dims, prescribed == null ? range : prescribed.of(range)));
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
    private PlainStep(PlanBuilder plan, OperationKind kind, String name, PlanTensor... operands) {
      super(plan, kind, name, operands);
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
}
