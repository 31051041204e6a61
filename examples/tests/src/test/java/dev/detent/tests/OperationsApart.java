package dev.detent.tests;

import com.google.flatbuffers.FlatBufferBuilder;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.tensorflow.lite.schema.Model;
import org.tensorflow.lite.schema.ModelT;
import org.tensorflow.lite.schema.OperatorT;
import org.tensorflow.lite.schema.SignatureDefT;
import org.tensorflow.lite.schema.SubGraphT;
import org.tensorflow.lite.schema.TensorT;

/**
 * A file whose operations are cut from one another: what one wrote for the others is an input of
 * the model now, and an output too, so that each can be fed the graph's integers.
 *
 * @param file the content
 * @param inputs names of the tensors behind the inputs, in order
 * @param outputs names of the tensors behind the outputs, in order
 */
record OperationsApart(byte[] file, List<String> inputs, List<String> outputs) {

  /**
   * Cuts a file.
   *
   * @param isCut tensors with these names are; others stay inside, between two operations
   */
  static OperationsApart of(byte[] file, Predicate<String> isCut) {
    ModelT model =
        Model.getRootAsModel(ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN)).unpack();
    SubGraphT graph = model.getSubgraphs()[0];
    List<TensorT> tensors = new ArrayList<>(Arrays.asList(graph.getTensors()));
    int before = tensors.size();
    Map<Integer, Integer> copies = new LinkedHashMap<>();
    Map<Integer, String> outputs = new LinkedHashMap<>();
    for (OperatorT operator : graph.getOperators()) {
      operator.setCustomOptions(null); // else they are written, empty, and TFLite refuses them
      int[] read = operator.getInputs();
      for (int i = 0; i < read.length; i++) {
        TensorT tensor = read[i] < 0 ? null : tensors.get(read[i]);
        if (tensor != null && isCut.test(tensor.getName()) && !hasValues(model, tensor)) {
          int number = read[i];
          read[i] =
              copies.computeIfAbsent(
                  number,
                  n -> {
                    tensors.add(tensor);
                    return tensors.size() - 1;
                  });
        }
      }
      for (int output : operator.getOutputs()) {
        if (isCut.test(tensors.get(output).getName())) {
          outputs.put(output, tensors.get(output).getName());
        }
      }
    }
    List<String> inputs =
        tensors.subList(before, tensors.size()).stream().map(TensorT::getName).toList();
    graph.setTensors(tensors.toArray(TensorT[]::new));
    graph.setInputs(copies.values().stream().mapToInt(Integer::intValue).toArray());
    graph.setOutputs(outputs.keySet().stream().mapToInt(Integer::intValue).toArray());
    model.setSignatureDefs(new SignatureDefT[0]);
    FlatBufferBuilder builder = new FlatBufferBuilder();
    Model.finishModelBuffer(builder, Model.pack(builder, model));
    return new OperationsApart(builder.sizedByteArray(), inputs, List.copyOf(outputs.values()));
  }

  private static boolean hasValues(ModelT model, TensorT tensor) {
    int[] data = model.getBuffers()[(int) tensor.getBuffer()].getData();
    return tensor.getIsVariable() || (tensor.getBuffer() != 0 && data != null && data.length > 0);
  }
}
