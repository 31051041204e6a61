package dev.detent.runtime.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.flatbuffers.FlatBufferBuilder;
import dev.detent.runtime.layer.FlexOptions;
import dev.detent.runtime.tflite.Kernels;
import dev.detent.runtime.verify.TfliteInterpreter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.tensorflow.lite.schema.BufferT;
import org.tensorflow.lite.schema.BuiltinOperator;
import org.tensorflow.lite.schema.Model;
import org.tensorflow.lite.schema.ModelT;
import org.tensorflow.lite.schema.OperatorCodeT;
import org.tensorflow.lite.schema.OperatorT;
import org.tensorflow.lite.schema.SubGraphT;
import org.tensorflow.lite.schema.TensorT;
import org.tensorflow.lite.schema.TensorType;

/**
 * {@link Detector} against TensorFlow Lite's own custom operation, in the real interpreter: the
 * same answers give the same detections.
 */
class PostProcessParityTest {
  private static final int CLASSES = 3;
  private static final int MOST = 20;
  private static final BoxCoder CODER = new BoxCoder(10, 8, 5, 4);
  private static final Anchors ANCHORS =
      Anchors.ssd(0.2, 0.7, List.of(1.0, 2.0, 0.5), 4, 2).with(CODER);

  @Test
  void detectsWhatTensorFlowLiteDetects() {
    Detector detector =
        Detector.of(ANCHORS)
            .scores(Detector.ScoreKind.PROBABILITIES)
            .suppression(new NonMaximumSuppression(0.3, 0.4, MOST, MOST));
    Random random = new Random(7);
    int sum = 0;
    try (TfliteInterpreter tflite = TfliteInterpreter.open(model(), Kernels.BUILT_IN)) {
      for (int picture = 0; picture < 20; picture++) {
        float[] boxes = new float[ANCHORS.size() * BoxCoder.VALUES];
        float[] scores = new float[ANCHORS.size() * (CLASSES + 1)];
        for (int i = 0; i < boxes.length; i++) {
          boxes[i] = 2 * (float) random.nextGaussian();
        }
        for (int i = 0; i < scores.length; i++) {
          scores[i] = random.nextFloat() * random.nextFloat();
        }
        tflite.setInput(0, boxes);
        tflite.setInput(1, scores);
        tflite.invoke();

        List<Detection> found = detector.detect(scores, boxes);

        float[] corners = tflite.outputFloats(0);
        float[] labels = tflite.outputFloats(1);
        float[] said = tflite.outputFloats(2);
        assertThat(found).hasSize((int) tflite.outputFloats(3)[0]);
        sum += found.size();
        for (int i = 0; i < found.size(); i++) {
          Detection detection = found.get(i);
          assertThat(detection.score()).isEqualTo(said[i]);
          assertThat(detection.label()).as("without the background").isEqualTo((int) labels[i] + 1);
          Box box = detection.box();
          float[] own = {box.top(), box.left(), box.bottom(), box.right()};
          for (int k = 0; k < own.length; k++) {
            // Sums of floats of up to 4 there, of doubles here.
            assertThat(own[k]).isCloseTo(corners[BoxCoder.VALUES * i + k], within(2e-6f));
          }
        }
      }
    }
    assertThat(sum).as("detections that were compared").isGreaterThan(200);
  }

  private static byte[] model() {
    List<TensorT> tensors = new ArrayList<>();
    tensors.add(tensor("boxes", 0, 1, ANCHORS.size(), BoxCoder.VALUES));
    tensors.add(tensor("scores", 0, 1, ANCHORS.size(), CLASSES + 1));
    tensors.add(tensor("anchors", 1, ANCHORS.size(), BoxCoder.VALUES));
    tensors.add(tensor("found_boxes", 0, 1, MOST, BoxCoder.VALUES));
    tensors.add(tensor("found_classes", 0, 1, MOST));
    tensors.add(tensor("found_scores", 0, 1, MOST));
    tensors.add(tensor("count", 0, 1));

    OperatorT operator = new OperatorT();
    operator.setOpcodeIndex(0);
    operator.setInputs(new int[] {0, 1, 2});
    operator.setOutputs(new int[] {3, 4, 5, 6});
    operator.setCustomOptions(
        ints(
            new FlexOptions()
                .put("max_detections", MOST)
                .put("max_classes_per_detection", 1)
                .put("detections_per_class", MOST)
                .put("use_regular_nms", true)
                .put("nms_score_threshold", 0.3)
                .put("nms_iou_threshold", 0.4)
                .put("num_classes", CLASSES)
                .put("y_scale", CODER.yScale())
                .put("x_scale", CODER.xScale())
                .put("h_scale", CODER.heightScale())
                .put("w_scale", CODER.widthScale())
                .toBytes()));
    SubGraphT graph = new SubGraphT();
    graph.setTensors(tensors.toArray(TensorT[]::new));
    graph.setInputs(new int[] {0, 1});
    graph.setOutputs(new int[] {3, 4, 5, 6});
    graph.setOperators(new OperatorT[] {operator});

    OperatorCodeT code = new OperatorCodeT();
    code.setDeprecatedBuiltinCode((byte) BuiltinOperator.CUSTOM);
    code.setBuiltinCode(BuiltinOperator.CUSTOM);
    code.setCustomCode("TFLite_Detection_PostProcess");
    code.setVersion(1);

    ByteBuffer anchors =
        ByteBuffer.allocate(4 * BoxCoder.VALUES * ANCHORS.size()).order(ByteOrder.LITTLE_ENDIAN);
    for (Box anchor : ANCHORS.boxes()) {
      anchors.putFloat((float) anchor.centerY()).putFloat((float) anchor.centerX());
      anchors.putFloat((float) anchor.height()).putFloat((float) anchor.width());
    }
    BufferT data = new BufferT();
    data.setData(ints(anchors.array()));

    ModelT model = new ModelT();
    model.setVersion(3);
    model.setOperatorCodes(new OperatorCodeT[] {code});
    model.setSubgraphs(new SubGraphT[] {graph});
    model.setBuffers(new BufferT[] {new BufferT(), data});
    FlatBufferBuilder builder = new FlatBufferBuilder();
    Model.finishModelBuffer(builder, Model.pack(builder, model));
    return builder.sizedByteArray();
  }

  private static TensorT tensor(String name, int buffer, int... shape) {
    TensorT tensor = new TensorT();
    tensor.setName(name);
    tensor.setType(TensorType.FLOAT32);
    tensor.setShape(shape);
    tensor.setBuffer(buffer);
    return tensor;
  }

  private static int[] ints(byte[] bytes) {
    int[] ints = new int[bytes.length];
    for (int i = 0; i < ints.length; i++) {
      ints[i] = bytes[i];
    }
    return ints;
  }
}
