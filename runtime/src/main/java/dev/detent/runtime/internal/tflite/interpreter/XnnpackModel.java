package dev.detent.runtime.internal.tflite.interpreter;

import static org.bytedeco.tensorflowlite.global.tensorflowlite.kTfLiteOk;

import dev.detent.runtime.tflite.TfliteException;
import dev.detent.runtime.tflite.TfliteModelInfo;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.tensorflowlite.BuiltinOpResolver;
import org.bytedeco.tensorflowlite.FlatBufferModel;
import org.bytedeco.tensorflowlite.Interpreter;
import org.bytedeco.tensorflowlite.InterpreterBuilder;

/** Through TFLite's C++ interface, whose default delegate is XNNPACK. */
final class XnnpackModel implements NativeModel {
  /** Where the C++ interface says why. */
  static final String HINT = "its reason is on the terminal";

  private final Deque<Pointer> owned = new ArrayDeque<>();
  private final Interpreter interpreter;
  private boolean hasDynamicTensors;

  XnnpackModel(byte[] content, String source, TfliteModelInfo info, int threads) {
    // The C++ interface prints its errors; the built-in kernels give them as text, so they go
    // first.
    new BuiltInModel(content, source, info, threads).close();
    KernelLimits.requireXnnpack(info, source);
    boolean isComplete = false;
    try {
      BytePointer bytes = own(new BytePointer(content));
      FlatBufferModel model = FlatBufferModel.VerifyAndBuildFromBuffer(bytes, content.length);
      if (model == null || model.isNull()) {
        throw refused(source);
      }
      own(model);
      InterpreterBuilder builder = own(new InterpreterBuilder(model, own(new BuiltinOpResolver())));
      interpreter = own(new Interpreter((Pointer) null));
      builder.SetNumThreads(threads);
      if (builder.apply(interpreter) != kTfLiteOk || interpreter.isNull()) {
        throw refused(source);
      }
      allocate(source);
      isComplete = true;
    } finally {
      if (!isComplete) {
        close();
      }
    }
  }

  private void allocate(String source) {
    if (interpreter.AllocateTensors() != kTfLiteOk) {
      throw refused(source);
    }
    hasDynamicTensors = false;
    for (int i = 0; i < interpreter.outputs().limit(); i++) {
      hasDynamicTensors |= TensorMemory.isDynamic(interpreter.output_tensor(i));
    }
  }

  private static TfliteException refused(String source) {
    return new TfliteException(
        "XNNPACK cannot run " + source + ", which the built-in kernels can; " + HINT);
  }

  /** Freed by {@link #close}, the last one first. */
  private <P extends Pointer> P own(P pointer) {
    owned.push(pointer);
    return pointer;
  }

  @Override
  public ByteBuffer input(int index) {
    return TensorMemory.of(interpreter.input_tensor(index));
  }

  @Override
  public ByteBuffer output(int index) {
    return TensorMemory.of(interpreter.output_tensor(index));
  }

  @Override
  public void resize(int batch) {
    IntPointer inputs = interpreter.inputs();
    for (int i = 0; i < inputs.limit(); i++) {
      int[] shape = TensorMemory.shape(interpreter.input_tensor(i), batch);
      if (interpreter.ResizeInputTensor(inputs.get(i), shape) != kTfLiteOk) {
        throw refused("a batch of " + batch);
      }
    }
    allocate("a batch of " + batch);
  }

  @Override
  public void resetState() {
    if (interpreter.ResetVariableTensors() != kTfLiteOk) {
      throw new TfliteException("TFLite cannot forget the last run");
    }
  }

  @Override
  public long invoke() {
    long start = System.nanoTime();
    if (interpreter.Invoke() != kTfLiteOk) {
      throw new TfliteException("TFLite failed in XNNPACK");
    }
    return System.nanoTime() - start;
  }

  @Override
  public int[] executionPlan() {
    IntPointer plan = interpreter.execution_plan();
    if (plan == null || plan.isNull()) {
      return new int[0]; // of a model without operations
    }
    int[] nodes = new int[(int) plan.limit()];
    plan.get(nodes);
    return nodes;
  }

  @Override
  public boolean hasDynamicTensors() {
    return hasDynamicTensors;
  }

  @Override
  public void close() {
    while (!owned.isEmpty()) {
      owned.pop().close();
    }
  }
}
