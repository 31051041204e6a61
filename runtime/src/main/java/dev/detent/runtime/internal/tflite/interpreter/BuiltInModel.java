package dev.detent.runtime.internal.tflite.interpreter;

import static org.bytedeco.tensorflowlite.global.tensorflowlite.TfLiteInterpreterAllocateTensors;
import static org.bytedeco.tensorflowlite.global.tensorflowlite.TfLiteInterpreterCreate;
import static org.bytedeco.tensorflowlite.global.tensorflowlite.TfLiteInterpreterDelete;
import static org.bytedeco.tensorflowlite.global.tensorflowlite.TfLiteInterpreterGetInputTensor;
import static org.bytedeco.tensorflowlite.global.tensorflowlite.TfLiteInterpreterGetInputTensorCount;
import static org.bytedeco.tensorflowlite.global.tensorflowlite.TfLiteInterpreterGetOutputTensor;
import static org.bytedeco.tensorflowlite.global.tensorflowlite.TfLiteInterpreterGetOutputTensorCount;
import static org.bytedeco.tensorflowlite.global.tensorflowlite.TfLiteInterpreterInvoke;
import static org.bytedeco.tensorflowlite.global.tensorflowlite.TfLiteInterpreterOptionsCreate;
import static org.bytedeco.tensorflowlite.global.tensorflowlite.TfLiteInterpreterOptionsDelete;
import static org.bytedeco.tensorflowlite.global.tensorflowlite.TfLiteInterpreterOptionsSetErrorReporter;
import static org.bytedeco.tensorflowlite.global.tensorflowlite.TfLiteInterpreterOptionsSetNumThreads;
import static org.bytedeco.tensorflowlite.global.tensorflowlite.TfLiteInterpreterResetVariableTensors;
import static org.bytedeco.tensorflowlite.global.tensorflowlite.TfLiteInterpreterResizeInputTensor;
import static org.bytedeco.tensorflowlite.global.tensorflowlite.TfLiteModelCreateWithErrorReporter;
import static org.bytedeco.tensorflowlite.global.tensorflowlite.TfLiteModelDelete;
import static org.bytedeco.tensorflowlite.global.tensorflowlite.kTfLiteOk;

import dev.detent.runtime.internal.tflite.read.ModelBytes;
import dev.detent.runtime.tflite.TfliteException;
import dev.detent.runtime.tflite.TfliteModelInfo;
import java.nio.ByteBuffer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.tensorflowlite.TfLiteInterpreter;
import org.bytedeco.tensorflowlite.TfLiteInterpreterOptions;
import org.bytedeco.tensorflowlite.TfLiteModel;
import org.jspecify.annotations.Nullable;

/** Through TFLite's C interface, which has the built-in kernels and no delegate. */
final class BuiltInModel implements NativeModel {
  private static final Pattern UNRESOLVED =
      Pattern.compile("unresolved custom op: ([^\\n]*?)\\.?(?:\\n|$)");

  private final BytePointer bytes;
  private @Nullable TfLiteModel model;
  private @Nullable TfLiteInterpreter interpreter;
  private final int operations;
  private boolean hasDynamicTensors;

  BuiltInModel(byte[] content, String source, TfliteModelInfo info, int threads) {
    ErrorTexts.INSTANCE.take();
    bytes = new BytePointer(content);
    TfLiteInterpreterOptions options = null;
    boolean isComplete = false;
    try {
      model = TfLiteModelCreateWithErrorReporter(bytes, content.length, ErrorTexts.INSTANCE, null);
      if (model == null || model.isNull()) {
        throw ModelBytes.invalid(source, "%s", reason("TFLite refuses it"));
      }
      KernelLimits.requireBuiltIn(info, source);
      options = TfLiteInterpreterOptionsCreate();
      TfLiteInterpreterOptionsSetNumThreads(options, threads);
      TfLiteInterpreterOptionsSetErrorReporter(options, ErrorTexts.INSTANCE, null);
      interpreter = TfLiteInterpreterCreate(model, options);
      if (interpreter == null || interpreter.isNull()) {
        throw cannotRun(source);
      }
      allocate(source);
      operations = info.operations().size();
      isComplete = true;
    } finally {
      if (options != null) {
        TfLiteInterpreterOptionsDelete(options);
      }
      if (!isComplete) {
        close();
      }
    }
  }

  private void allocate(String source) {
    if (TfLiteInterpreterAllocateTensors(interpreter) != kTfLiteOk) {
      throw cannotRun(source);
    }
    hasDynamicTensors = false;
    for (int i = 0; i < TfLiteInterpreterGetOutputTensorCount(interpreter); i++) {
      hasDynamicTensors |= TensorMemory.isDynamic(TfLiteInterpreterGetOutputTensor(interpreter, i));
    }
  }

  /** What TFLite says; of an operation that nobody has registered, what to do. */
  private static TfliteException cannotRun(String source) {
    String reason = reason("no reason given");
    Matcher custom = UNRESOLVED.matcher(reason);
    return new TfliteException(
        custom.find()
            ? ("%s has the custom operation '%s', whose kernel is not part of TensorFlow Lite, so"
                    + " that it cannot run or be verified here. Run the file where the"
                    + " application registers that kernel (MutableOpResolver::AddCustom); the"
                    + " quantized graph, which evaluate uses in quantized mode, computes the"
                    + " same layer here")
                .formatted(source, custom.group(1))
            : "TFLite cannot run " + source + ": " + reason);
  }

  private static String reason(String otherwise) {
    String text = ErrorTexts.INSTANCE.take();
    return text.isEmpty() ? otherwise : text;
  }

  @Override
  public ByteBuffer input(int index) {
    return TensorMemory.of(TfLiteInterpreterGetInputTensor(interpreter, index));
  }

  @Override
  public ByteBuffer output(int index) {
    return TensorMemory.of(TfLiteInterpreterGetOutputTensor(interpreter, index));
  }

  @Override
  public void resize(int batch) {
    for (int i = 0; i < TfLiteInterpreterGetInputTensorCount(interpreter); i++) {
      int[] shape = TensorMemory.shape(TfLiteInterpreterGetInputTensor(interpreter, i), batch);
      if (TfLiteInterpreterResizeInputTensor(interpreter, i, shape, shape.length) != kTfLiteOk) {
        throw cannotRun("a batch of " + batch);
      }
    }
    allocate("a batch of " + batch);
  }

  @Override
  public void resetState() {
    if (TfLiteInterpreterResetVariableTensors(interpreter) != kTfLiteOk) {
      throw new TfliteException("TFLite cannot forget the last run: " + reason("no reason given"));
    }
  }

  @Override
  public long invoke() {
    long start = System.nanoTime();
    if (TfLiteInterpreterInvoke(interpreter) != kTfLiteOk) {
      throw new TfliteException("TFLite failed: " + reason("no reason given"));
    }
    return System.nanoTime() - start;
  }

  @Override
  public int[] executionPlan() {
    return IntStream.range(0, operations).toArray();
  }

  @Override
  public boolean hasDynamicTensors() {
    return hasDynamicTensors;
  }

  @Override
  public void close() {
    if (interpreter != null) {
      TfLiteInterpreterDelete(interpreter);
      interpreter = null;
    }
    if (model != null) {
      TfLiteModelDelete(model);
      model = null;
    }
    bytes.close();
  }
}
