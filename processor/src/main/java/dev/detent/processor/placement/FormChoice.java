package dev.detent.processor.placement;

import dev.detent.processor.diagnostic.Message;
import dev.detent.processor.diagnostic.Reporter;
import dev.detent.processor.model.LayerDeclaration;
import dev.detent.processor.model.QuantizationConfig;
import dev.detent.processor.model.QuantizationRequest;
import dev.detent.processor.model.QuantizationRequest.Quantizer;
import dev.detent.processor.model.QuantizationRequest.Written;
import dev.detent.processor.model.QuantizerUse;
import dev.detent.processor.model.SchemeDeclaration;
import dev.detent.processor.model.SchemeDeclaration.ActivationForms;
import dev.detent.processor.model.SchemeDeclaration.Rule;
import dev.detent.processor.model.SchemeDeclaration.WeightForms;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Chooses, among the forms that a scheme has for a tensor, the first that is as asked. */
final class FormChoice {
  private final SchemeDeclaration scheme;
  private final Reporter reporter;

  FormChoice(SchemeDeclaration scheme, Reporter reporter) {
    this.scheme = scheme;
    this.reporter = reporter;
  }

  /** The form of a layer's weights; empty if they stay float or the scheme has no such form. */
  Optional<QuantizationConfig.Weights> weights(
      LayerDeclaration layer, QuantizationRequest request) {
    QuantizationRequest.Weights asked = request.weights();
    Rule rule = scheme.rule(layer.operation());
    if (asked.quantizer().isNone()) {
      return Optional.empty();
    }
    return choose(
            rule.weights(),
            WeightForms::bits,
            asked.bits(),
            (bits, has) -> reportBits(bits, layer, "weights", rule.weightBits()))
        .flatMap(
            bits ->
                choose(
                        bits.forms,
                        WeightForms::granularity,
                        asked.granularity(),
                        (granularity, has) ->
                            reporter.reportOnce(
                                Message.Q09_GRANULARITY,
                                granularity.at(),
                                granularity.value(),
                                scheme.displayName(),
                                bits.value,
                                layer.annotation(),
                                has))
                    .flatMap(
                        granularity ->
                            choose(
                                    granularity.forms,
                                    WeightForms::narrowRange,
                                    asked.narrowRange(),
                                    (narrow, has) -> reportRange(narrow, bits.value))
                                .map(
                                    narrow ->
                                        new QuantizationConfig.Weights(
                                            bits.value,
                                            granularity.value,
                                            narrow.value,
                                            scheme.powerOfTwo(),
                                            scheme.biasBits(),
                                            quantizer(layer, request, asked.quantizer())))));
  }

  private void reportRange(Written<Boolean> narrow, int bits) {
    int highest = (1 << (bits - 1)) - 1;
    int lowest = narrow.value() ? -highest - 1 : -highest;
    if (scheme.tflite()) {
      reporter.reportOnce(
          Message.Q02_FULL_RANGE_OF_TFLITE,
          narrow.at(),
          narrow.value(),
          scheme.displayName(),
          lowest,
          highest,
          -highest - 1);
    } else {
      reporter.reportOnce(
          Message.Q02_FULL_RANGE,
          narrow.at(),
          narrow.value(),
          scheme.displayName(),
          lowest,
          highest);
    }
  }

  /** The form of a layer's output; empty if it stays float or the scheme has no such form. */
  Optional<QuantizationConfig.Activations> activations(
      LayerDeclaration layer, QuantizationRequest request) {
    QuantizationRequest.Activations asked = request.activations();
    Rule rule = scheme.rule(layer.operation());
    if (asked.quantizer().isNone()) {
      return Optional.empty();
    }
    return choose(
            rule.activations(),
            ActivationForms::bits,
            asked.bits(),
            (bits, has) -> reportBits(bits, layer, "activations", rule.activationBits()))
        .flatMap(
            bits ->
                choose(
                        bits.forms,
                        ActivationForms::symmetric,
                        asked.symmetric(),
                        (symmetric, has) ->
                            reporter.reportOnce(
                                Message.Q10_SYMMETRY,
                                symmetric.at(),
                                symmetric.value(),
                                scheme.displayName(),
                                bits.value,
                                layer.annotation(),
                                symmetric.value() ? "a learned zero point" : "zero point 0"))
                    .map(
                        symmetric ->
                            new QuantizationConfig.Activations(
                                bits.value,
                                symmetric.value,
                                scheme.powerOfTwo(),
                                quantizer(layer, request, asked.quantizer()))));
  }

  private static Optional<QuantizerUse> quantizer(
      LayerDeclaration layer, QuantizationRequest request, Quantizer own) {
    return request.layer().map(use -> use.decidingFor(layer.name())).or(own::named);
  }

  private void reportBits(
      Written<Integer> bits, LayerDeclaration layer, String tensors, Collection<Integer> has) {
    String widths = has.stream().map(String::valueOf).collect(Collectors.joining(" or "));
    int fewest = SchemeDeclaration.FEWEST_BITS;
    int most = SchemeDeclaration.MOST_BITS;
    if (bits.value() < fewest || bits.value() > most) {
      reporter.reportOnce(
          Message.Q01_BITS_OF_NONE,
          bits.at(),
          tensors,
          bits.value(),
          fewest,
          most,
          widths,
          scheme.displayName());
    } else {
      reporter.reportOnce(
          scheme.tflite() ? Message.Q01_BITS_OF_TFLITE : Message.Q01_BITS,
          bits.at(),
          tensors,
          bits.value(),
          scheme.displayName(),
          layer.annotation(),
          widths);
    }
  }

  /** A value, and the forms that have it. */
  private record Choice<F, T>(T value, List<F> forms) {}

  /**
   * The value that was asked for, or the first; else what is missing, and what there is instead.
   */
  private static <F, T> Optional<Choice<F, T>> choose(
      List<F> forms,
      Function<F, List<T>> values,
      Optional<Written<T>> wanted,
      BiConsumer<Written<T>, String> missing) {
    T value = wanted.map(Written::value).orElseGet(() -> values.apply(forms.get(0)).get(0));
    List<F> holding = forms.stream().filter(form -> values.apply(form).contains(value)).toList();
    if (holding.isEmpty()) {
      missing.accept(
          wanted.orElseThrow(),
          forms.stream()
              .flatMap(form -> values.apply(form).stream())
              .distinct()
              .map(String::valueOf)
              .collect(Collectors.joining(" or ")));
      return Optional.empty();
    }
    return Optional.of(new Choice<>(value, holding));
  }
}
