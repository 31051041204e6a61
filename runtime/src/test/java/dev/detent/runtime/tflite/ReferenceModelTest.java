package dev.detent.runtime.tflite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.detent.annotations.Activation;
import dev.detent.annotations.Padding;
import dev.detent.runtime.internal.tflite.write.LayerWeights;
import dev.detent.runtime.internal.tflite.write.TfliteExporter;
import dev.detent.runtime.network.NetworkBuilder;
import dev.detent.runtime.network.Tensor;
import dev.detent.runtime.quantizer.ActivationRange;
import dev.detent.runtime.verify.TfliteFile;
import dev.detent.runtime.verify.TfliteInterpreter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tensorflow.lite.schema.Model;

/** MLPerf Tiny's ResNet-8 with the numbers of the published file, exported by us. */
class ReferenceModelTest {
  private byte[] reference;
  private TfliteModelInfo info;
  private byte[] exported;

  @BeforeEach
  void exportTheReference() throws IOException {
    reference = Files.readAllBytes(References.file("pretrainedResnet_quant.tflite"));
    info = TfliteFile.info(reference);
    exported = new Rewriter().export();
  }

  @Test
  void isNotLargerAndHasTheSameOperations() {
    TfliteModelInfo ours = TfliteFile.info(exported);
    assertThat(ours.bytes()).isLessThan(info.bytes());
    assertThat(ours.histogram()).isEqualTo(info.histogram());
    assertThat(ours.operations())
        .extracting(OperationInfo::version)
        .isEqualTo(info.operations().stream().map(OperationInfo::version).toList());
  }

  @Test
  void computesTheSameToTheBit() {
    Random random = new Random(1);
    for (Kernels kernels : Kernels.values()) {
      try (var theirs = TfliteInterpreter.open(reference, kernels);
          var ours = TfliteInterpreter.open(exported, kernels)) {
        assertThat(ours.builtInOperations()).hasSameSizeAs(theirs.builtInOperations());
        byte[] image = new byte[32 * 32 * 3];
        for (int i = 0; i < 20; i++) {
          random.nextBytes(image);
          assertThat(ours.run(new byte[][] {image})).isEqualTo(theirs.run(new byte[][] {image}));
        }
      }
    }
  }

  /** Reads the file's numbers and describes its network anew. */
  private final class Rewriter {
    private final FixedValues values = new FixedValues();
    private final NetworkBuilder n = new NetworkBuilder();
    private final Model model =
        Model.getRootAsModel(ByteBuffer.wrap(reference).order(ByteOrder.LITTLE_ENDIAN));
    private int next;

    byte[] export() {
      Tensor image = n.input("image").output(range(info.inputs().get(0)), 32, 32, 3);
      Tensor stem = convolution("stem", image, 1, true);
      Tensor first = stack("stack1", stem, stem, 1);
      Tensor second = stackWithShortcut("stack2", first);
      Tensor third = stackWithShortcut("stack3", second);
      Tensor pool = n.averagePool2d("pool", third).poolSize(8, 8).output(range(output()), dims());
      next++;
      Tensor flat = n.reshape("flat", pool).output(dims());
      next++;
      Tensor logits =
          n.fullyConnected("logits", flat)
              .kernel(weights("logits", 2))
              .output(range(output()), dims());
      next++;
      Tensor softmax =
          n.softmax("softmax", logits).output(ActivationRange.learned("softmax", 8), 10);
      n.output("softmax", softmax);
      return TfliteExporter.toBytes(n.build(), values, ExportOptions.int8());
    }

    private Tensor stack(String name, Tensor x, Tensor shortcut, int strides) {
      Tensor a = convolution(name + "/a", x, strides, true);
      Tensor b = convolution(name + "/b", a, 1, false);
      return sum(name, shortcut, b);
    }

    private Tensor stackWithShortcut(String name, Tensor x) {
      Tensor a = convolution(name + "/a", x, 2, true);
      Tensor b = convolution(name + "/b", a, 1, false);
      return sum(name, convolution(name + "/shortcut", x, 2, false), b);
    }

    private Tensor sum(String name, Tensor a, Tensor b) {
      Tensor sum = n.add(name, a, b).activation(Activation.RELU).output(range(output()), dims());
      next++;
      return sum;
    }

    private Tensor convolution(String name, Tensor x, int strides, boolean hasRelu) {
      Tensor y =
          n.conv2d(name, x)
              .kernel(weights(name, 4))
              .strides(strides, strides)
              .padding(Padding.SAME)
              .activation(hasRelu ? Activation.RELU : Activation.NONE)
              .output(range(output()), dims());
      next++;
      return y;
    }

    private int output() {
      return info.operations().get(next).outputs().get(0);
    }

    private int[] dims() {
      List<Integer> shape = info.tensors().get(output()).shape();
      return shape.stream().skip(1).mapToInt(Integer::intValue).toArray();
    }

    private ActivationRange range(int tensor) {
      TensorInfo its = info.tensors().get(tensor);
      return values.range("range" + tensor, its.scale(), its.zeroPoint());
    }

    /**
     * TFLite's OHWI or OI to TensorFlow's HWIO or IO.
     *
     * @return the kernel's shape
     */
    private int[] weights(String layer, int rank) {
      List<Integer> operands = info.operations().get(next).inputs();
      TensorInfo kernel = info.tensors().get(operands.get(1));
      int outputs = kernel.shape().get(0);
      int taps = kernel.elements() / outputs;
      ByteBuffer data = data(kernel.index());
      float[] values = new float[kernel.elements()];
      for (int o = 0; o < outputs; o++) {
        for (int t = 0; t < taps; t++) {
          values[t * outputs + o] = data.get();
        }
      }
      int[] shape = new int[rank];
      for (int i = 1; i < rank; i++) {
        shape[i - 1] = kernel.shape().get(i);
      }
      shape[rank - 1] = outputs;
      ByteBuffer biases = data(operands.get(2));
      float[] bias = new float[outputs];
      for (int o = 0; o < outputs; o++) {
        bias[o] = biases.getInt();
      }
      float[] scales = new float[kernel.scales().size()];
      for (int i = 0; i < scales.length; i++) {
        scales[i] = kernel.scales().get(i);
      }
      this.values.weights(layer, LayerWeights.ofIntegers(values, shape, scales, bias, 8));
      return shape;
    }

    private ByteBuffer data(int tensor) {
      var buffer = model.buffers((int) model.subgraphs(0).tensors(tensor).buffer());
      return buffer.dataAsByteBuffer().slice().order(ByteOrder.LITTLE_ENDIAN);
    }
  }
}
