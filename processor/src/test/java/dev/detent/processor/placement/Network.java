package dev.detent.processor.placement;

import dev.detent.annotations.Activation;
import dev.detent.annotations.Granularity;
import dev.detent.annotations.OutputRange;
import dev.detent.processor.diagnostic.Reporter;
import dev.detent.processor.diagnostic.SourceRef;
import dev.detent.processor.ir.LoweredModel;
import dev.detent.processor.ir.OpCode;
import dev.detent.processor.ir.Operation;
import dev.detent.processor.ir.PlacedModel;
import dev.detent.processor.ir.Shape;
import dev.detent.processor.ir.ShapedLayer;
import dev.detent.processor.ir.ShapedModel;
import dev.detent.processor.model.Attributes;
import dev.detent.processor.model.ClassRef;
import dev.detent.processor.model.Declaration;
import dev.detent.processor.model.LayerDeclaration;
import dev.detent.processor.model.ModelDeclaration;
import dev.detent.processor.model.OperationKind;
import dev.detent.processor.model.QuantizationRequest;
import dev.detent.processor.model.QuantizationRequest.Written;
import dev.detent.processor.model.SchemeDeclaration;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.lang.model.element.Element;

/** Operations for the placement to work on, without a source that they come from. */
final class Network {
  private static final Shape SHAPE = Shape.of(1);
  private static final SourceRef NOWHERE =
      SourceRef.of(
          (Element)
              Proxy.newProxyInstance(
                  Network.class.getClassLoader(),
                  new Class<?>[] {Element.class},
                  (self, method, arguments) -> {
                    if (method.getName().equals("hashCode")) {
                      return System.identityHashCode(self); // messages are compared by their place
                    }
                    throw new UnsupportedOperationException(method.getName());
                  }));

  /** Activations with a zero point of 0. */
  static final QuantizationRequest SYMMETRIC = request(8, true);

  /** Activations of 16 bits. */
  static final QuantizationRequest WIDE = request(16, true);

  /** Of all widths, in any combination. */
  private static final SchemeDeclaration SCHEME =
      new SchemeDeclaration(
          new ClassRef("", List.of("Anything")),
          "anything",
          true,
          false,
          0,
          EnumSet.allOf(OperationKind.class),
          new SchemeDeclaration.Rule(
              List.of(
                  new SchemeDeclaration.WeightForms(
                      List.of(8), List.of(Granularity.PER_CHANNEL), List.of(true))),
              List.of(
                  new SchemeDeclaration.ActivationForms(List.of(8), List.of(false, true)),
                  new SchemeDeclaration.ActivationForms(List.of(16), List.of(true))),
              Optional.empty(),
              OutputRange.AS_TFLITE,
              0,
              0),
          Map.of());

  private final boolean isQuantized;
  private final Reporter reporter = new Reporter();
  private final List<Operation> operations = new ArrayList<>();

  private static QuantizationRequest request(int bits, boolean symmetric) {
    return new QuantizationRequest(
        QuantizationRequest.NOTHING_WRITTEN.weights(),
        new QuantizationRequest.Activations(
            Optional.of(new Written<>(bits, NOWHERE)),
            Optional.of(new Written<>(symmetric, NOWHERE)),
            QuantizationRequest.Quantizer.STANDARD),
        Optional.empty(),
        Optional.of(
            new QuantizationRequest.Origin("@Wanted", NOWHERE, true, false, Optional.empty())));
  }

  /** A model that is quantized as a whole, or in parts. */
  Network(boolean isQuantized) {
    this.isQuantized = isQuantized;
  }

  /** Adds an operation that is quantized by default. */
  Network add(String name, OpCode code, String... inputs) {
    return add(name, code, Activation.NONE, QuantizationRequest.NOTHING_WRITTEN, inputs);
  }

  /** Adds an operation; {@code config} is null if it is to stay float. */
  Network add(
      String name,
      OpCode code,
      Activation activation,
      QuantizationRequest config,
      String... inputs) {
    LayerDeclaration declaration =
        new LayerDeclaration(
            name,
            OperationKind.SOFTMAX, // the placement looks at the operation only
            Attributes.NONE,
            List.of(inputs),
            Optional.empty(),
            Optional.empty(),
            Optional.ofNullable(config),
            Optional.empty(),
            new LayerDeclaration.Source(
                NOWHERE, NOWHERE, Collections.nCopies(inputs.length, NOWHERE), Map.of()));
    ShapedLayer layer =
        new ShapedLayer(
            declaration,
            Collections.nCopies(inputs.length, SHAPE),
            SHAPE,
            Optional.empty(),
            List.of(),
            0,
            0);
    operations.add(new Operation(name, code, List.of(inputs), SHAPE, activation, layer));
    return this;
  }

  List<Operation> operations() {
    return operations;
  }

  boolean isQuantized() {
    return isQuantized;
  }

  Reporter reporter() {
    return reporter;
  }

  PlacedModel place() {
    ModelDeclaration declaration =
        new ModelDeclaration(
            new ClassRef("", List.of("Network")),
            Optional.empty(),
            false,
            isQuantized,
            SCHEME,
            operations.stream().<Declaration>map(each -> each.layer().declaration()).toList(),
            List.of(operations.get(operations.size() - 1).name()));
    ShapedModel shaped =
        new ShapedModel(declaration, operations.stream().map(Operation::layer).toList());
    return new Placement().place(new LoweredModel(shaped, operations), reporter).orElseThrow();
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(isQuantized ? "quantized" : "in parts");
    for (Operation each : operations) {
      text.append("; ")
          .append(each.name())
          .append(" = ")
          .append(each.code())
          .append(each.inputs())
          .append(' ')
          .append(each.activation())
          .append(
              each.layer()
                  .declaration()
                  .quantization()
                  .map(
                      config ->
                          config == SYMMETRIC ? " symmetric" : config == WIDE ? " int16" : " int8")
                  .orElse(" float"));
    }
    return text.toString();
  }
}
