package dev.detent.runtime.tflite.export;

import dev.detent.annotations.PadMode;
import java.util.Arrays;
import java.util.List;

/**
 * The operations that put the values of one tensor in other places. Axes count the batch dimension,
 * lists of sizes and places leave it out.
 */
public final class Moves {
  private final PlanBuilder plan;
  private final String name;
  private final PlanTensor x;

  Moves(PlanBuilder plan, String name, PlanTensor x) {
    this.plan = plan;
    this.name = name;
    this.x = x;
  }

  /** TRANSPOSE: for each axis of the output but the batch the one of the input that it is. */
  public PlanBuilder.Step transpose(int... axes) {
    return step(
        OperationKind.TRANSPOSE,
        new OperationAttributes.Permutation(Arrays.stream(axes).boxed().toList()));
  }

  /** PAD of {@code [steps, channels]} with zeros. */
  public PlanBuilder.Step zeroPad1d(int before, int behind) {
    return step(OperationKind.PAD, new OperationAttributes.Ends(before, behind));
  }

  /** MIRROR_PAD of {@code [height, width, channels]}. */
  public PlanBuilder.Step mirrorPad(PadMode mode, int top, int bottom, int left, int right) {
    return step(
        OperationKind.MIRROR_PAD,
        new OperationAttributes.Mirror(
            new OperationAttributes.Margins(top, bottom, left, right), mode));
  }

  /**
   * STRIDED_SLICE of the places {@code begin} to below {@code end}, in steps of {@code strides}.
   */
  public PlanBuilder.Step slice(List<Integer> begin, List<Integer> end, List<Integer> strides) {
    return step(
        OperationKind.STRIDED_SLICE, new OperationAttributes.Slice(begin, end, strides, false));
  }

  /** SPLIT into {@code parts} along an axis, of which this is one. */
  public PlanBuilder.Step split(int axis, int parts, int index) {
    return step(OperationKind.SPLIT, new OperationAttributes.Part(axis, parts, index));
  }

  /** SPACE_TO_DEPTH. */
  public PlanBuilder.Step spaceToDepth(int size) {
    return step(OperationKind.SPACE_TO_DEPTH, new OperationAttributes.Block(size));
  }

  /** DEPTH_TO_SPACE. */
  public PlanBuilder.Step depthToSpace(int size) {
    return step(OperationKind.DEPTH_TO_SPACE, new OperationAttributes.Block(size));
  }

  /** TILE along the first axis behind the batch. */
  public PlanBuilder.Step repeat(int times) {
    return step(OperationKind.TILE, new OperationAttributes.Repetition(times));
  }

  private PlanBuilder.Step step(OperationKind kind, OperationAttributes attributes) {
    return new MoveStep(plan, kind, name, x, attributes);
  }

  private static final class MoveStep extends PlanBuilder.Step {
    private final OperationAttributes attributes;

    MoveStep(
        PlanBuilder plan,
        OperationKind kind,
        String name,
        PlanTensor x,
        OperationAttributes attributes) {
      super(plan, kind, name, x);
      this.attributes = attributes;
    }

    @Override
    OperationAttributes attributes() {
      return attributes;
    }
  }
}
