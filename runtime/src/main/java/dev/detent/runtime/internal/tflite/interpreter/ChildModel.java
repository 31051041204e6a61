package dev.detent.runtime.internal.tflite.interpreter;

import dev.detent.runtime.internal.io.IOConsumer;
import dev.detent.runtime.tflite.Kernels;
import dev.detent.runtime.tflite.TfliteException;
import dev.detent.runtime.tflite.TfliteModelInfo;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.ref.Cleaner;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.atomic.AtomicBoolean;

/** A model in a {@link ChildProcess}. */
final class ChildModel implements NativeModel {
  /** Of those that nobody closes. */
  private static final Cleaner CLEANER = Cleaner.create();

  private final String source;
  private final ChildProcess child;
  private final int[] plan;
  private boolean hasDynamicTensors;
  private final ByteBuffer[] inputs;
  private final ByteBuffer[] outputs;
  private boolean hasFailed;
  private final AtomicBoolean isGood = new AtomicBoolean();
  private final Cleaner.Cleanable ending;

  /** What happens at the end: a process in which something failed is not used again. */
  private static Runnable end(ChildProcess child, AtomicBoolean isGood) {
    return () -> {
      if (isGood.get()) {
        child.release();
      } else {
        child.kill();
      }
    };
  }

  ChildModel(byte[] content, String source, TfliteModelInfo info, Kernels kernels, int threads) {
    this.source = source;
    inputs = new ByteBuffer[info.inputs().size()];
    outputs = new ByteBuffer[info.outputs().size()];
    child = ChildProcess.take(source);
    try {
      plan =
          child.ask(
              source,
              ChildMain.OPEN,
              message -> {
                ChildMain.writeText(message, source);
                ChildMain.writeText(message, kernels.name());
                message.writeInt(threads);
                ChildMain.writeBytes(message, content);
              },
              this::readOpened);
    } catch (TfliteException e) {
      child.release(); // nothing has run, if it is still there
      throw e;
    }
    ending = CLEANER.register(this, end(child, isGood));
  }

  private int[] readOpened(DataInputStream answer) throws IOException {
    int[] nodes = new int[answer.readInt()];
    for (int i = 0; i < nodes.length; i++) {
      nodes[i] = answer.readInt();
    }
    readTensors(answer);
    return nodes;
  }

  private boolean readTensors(DataInputStream answer) throws IOException {
    hasDynamicTensors = answer.readBoolean();
    for (int i = 0; i < inputs.length; i++) {
      inputs[i] = buffer(new byte[answer.readInt()]);
    }
    return readOutputs(answer);
  }

  private boolean readOutputs(DataInputStream answer) throws IOException {
    for (int i = 0; i < outputs.length; i++) {
      byte[] bytes = ChildMain.readBytes(answer);
      if (outputs[i] != null && outputs[i].capacity() == bytes.length) {
        outputs[i].duplicate().put(bytes);
      } else {
        outputs[i] = buffer(bytes);
      }
    }
    return true;
  }

  private static ByteBuffer buffer(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
  }

  @Override
  public ByteBuffer input(int index) {
    return inputs[index];
  }

  @Override
  public ByteBuffer output(int index) {
    return outputs[index];
  }

  @Override
  public void resize(int batch) {
    ask(ChildMain.RESIZE, message -> message.writeInt(batch), this::readTensors);
  }

  @Override
  public void resetState() {
    ask(ChildMain.RESET, message -> {}, answer -> true);
  }

  @Override
  public long invoke() {
    return ask(
        ChildMain.RUN,
        message -> {
          for (ByteBuffer input : inputs) {
            ChildMain.writeBytes(message, input.array());
          }
        },
        answer -> {
          long nanos = answer.readLong();
          readOutputs(answer);
          return nanos;
        });
  }

  private <T> T ask(
      byte kind, IOConsumer<DataOutputStream> content, ChildProcess.Reader<T> reader) {
    try {
      return child.ask(source, kind, content, reader);
    } catch (TfliteException e) {
      hasFailed = true;
      throw e;
    }
  }

  @Override
  public int[] executionPlan() {
    return plan;
  }

  @Override
  public boolean hasDynamicTensors() {
    return hasDynamicTensors;
  }

  @Override
  public void close() {
    try {
      if (!hasFailed) {
        child.ask(source, ChildMain.CLOSE, message -> {}, answer -> true);
        isGood.set(true);
      }
    } finally {
      ending.clean();
    }
  }
}
