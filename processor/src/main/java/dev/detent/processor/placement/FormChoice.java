package dev.detent.processor.placement;

import dev.detent.annotations.Granularity;
import dev.detent.processor.diagnostic.Message;
import dev.detent.processor.diagnostic.Reporter;
import dev.detent.processor.diagnostic.SourceRef;
import dev.detent.processor.model.LayerDeclaration;
import dev.detent.processor.model.QuantizationConfig;
import dev.detent.processor.model.QuantizationRequest;
import dev.detent.processor.model.QuantizationRequest.Written;
import dev.detent.processor.model.SchemeDeclaration;
import dev.detent.processor.model.SchemeDeclaration.ActivationForms;
import dev.detent.processor.model.SchemeDeclaration.Rule;
import dev.detent.processor.model.SchemeDeclaration.WeightForms;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
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
      LayerDeclaration layer, QuantizationRequest.Weights request) {
    if (request.quantizer().isNone()) {
      return Optional.empty();
    }
    Rule rule = scheme.rule(layer.operation());
    Optional<WeightForms> byBits =
        withBits(
            rule.weights(), WeightForms::bits, request.bits(), layer, "weights", rule.weightBits());
    if (byBits.isEmpty()) {
      return Optional.empty();
    }
    int bits = request.bits().map(Written::value).orElse(byBits.get().bits().get(0));
    List<WeightForms> ofBits = holding(rule.weights(), WeightForms::bits, bits);
    Optional<WeightForms> byGranularity =
        with(
            ofBits,
            WeightForms::granularity,
            request.granularity(),
            (at, has) ->
                reporter.reportOnce(
                    Message.Q09_GRANULARITY,
                    at,
                    request.granularity().orElseThrow().value(),
                    scheme.displayName(),
                    bits,
                    layer.annotation(),
                    has));
    if (byGranularity.isEmpty()) {
      return Optional.empty();
    }
    Granularity granularity =
        request.granularity().map(Written::value).orElse(byGranularity.get().granularity().get(0));
    Optional<WeightForms> whole =
        with(
            holding(ofBits, WeightForms::granularity, granularity),
            WeightForms::narrowRange,
            request.narrowRange(),
            (at, has) -> reportRange(at, request.narrowRange().orElseThrow().value(), bits));
    return whole.map(
        form ->
            new QuantizationConfig.Weights(
                bits,
                granularity,
                request.narrowRange().map(Written::value).orElse(form.narrowRange().get(0)),
                scheme.powerOfTwo(),
                scheme.biasBits(),
                Optional.empty()));
  }

  private void reportRange(SourceRef at, boolean narrow, int bits) {
    int highest = (1 << (bits - 1)) - 1;
    int lowest = narrow ? -highest - 1 : -highest;
    if (scheme.tflite()) {
      reporter.reportOnce(
          Message.Q02_FULL_RANGE_OF_TFLITE,
          at,
          narrow,
          scheme.displayName(),
          lowest,
          highest,
          -highest - 1);
    } else {
      reporter.reportOnce(
          Message.Q02_FULL_RANGE, at, narrow, scheme.displayName(), lowest, highest);
    }
  }

  /** The form of a layer's output; empty if it stays float or the scheme has no such form. */
  Optional<QuantizationConfig.Activations> activations(
      LayerDeclaration layer, QuantizationRequest.Activations request) {
    if (request.quantizer().isNone()) {
      return Optional.empty();
    }
    Rule rule = scheme.rule(layer.operation());
    Optional<ActivationForms> byBits =
        withBits(
            rule.activations(),
            ActivationForms::bits,
            request.bits(),
            layer,
            "activations",
            rule.activationBits());
    if (byBits.isEmpty()) {
      return Optional.empty();
    }
    int bits = request.bits().map(Written::value).orElse(byBits.get().bits().get(0));
    return with(
            holding(rule.activations(), ActivationForms::bits, bits),
            ActivationForms::symmetric,
            request.symmetric(),
            (at, has) ->
                reporter.reportOnce(
                    Message.Q10_SYMMETRY,
                    at,
                    request.symmetric().orElseThrow().value(),
                    scheme.displayName(),
                    bits,
                    layer.annotation(),
                    request.symmetric().orElseThrow().value()
                        ? "a learned zero point"
                        : "zero point 0"))
        .map(
            form ->
                new QuantizationConfig.Activations(
                    bits,
                    request.symmetric().map(Written::value).orElse(form.symmetric().get(0)),
                    scheme.powerOfTwo(),
                    Optional.empty()));
  }

  // ---------------------------------------------------------------- choosing

  private <F> Optional<F> withBits(
      List<F> forms,
      Function<F, List<Integer>> bits,
      Optional<Written<Integer>> wanted,
      LayerDeclaration layer,
      String tensors,
      Collection<Integer> has) {
    if (wanted.isEmpty()) {
      return Optional.of(forms.get(0));
    }
    int value = wanted.get().value();
    List<F> holding = holding(forms, bits, value);
    if (!holding.isEmpty()) {
      return Optional.of(holding.get(0));
    }
    SourceRef at = wanted.get().at();
    String widths = has.stream().map(String::valueOf).collect(Collectors.joining(" or "));
    int fewest = SchemeDeclaration.FEWEST_BITS;
    int most = SchemeDeclaration.MOST_BITS;
    if (value < fewest || value > most) {
      reporter.reportOnce(
          Message.Q01_BITS_OF_NONE, at, tensors, value, fewest, most, widths, scheme.displayName());
    } else {
      reporter.reportOnce(
          scheme.tflite() ? Message.Q01_BITS_OF_TFLITE : Message.Q01_BITS,
          at,
          tensors,
          value,
          scheme.displayName(),
          layer.annotation(),
          widths);
    }
    return Optional.empty();
  }

  /** Takes the place where something was written, and what there is instead. */
  @FunctionalInterface
  private interface Missing {
    void report(SourceRef at, String has);
  }

  private static <F, T> Optional<F> with(
      List<F> forms, Function<F, List<T>> values, Optional<Written<T>> wanted, Missing missing) {
    if (wanted.isEmpty()) {
      return Optional.of(forms.get(0));
    }
    List<F> holding = holding(forms, values, wanted.get().value());
    if (holding.isEmpty()) {
      missing.report(
          wanted.get().at(),
          forms.stream()
              .flatMap(form -> values.apply(form).stream())
              .distinct()
              .map(String::valueOf)
              .collect(Collectors.joining(" or ")));
      return Optional.empty();
    }
    return Optional.of(holding.get(0));
  }

  private static <F, T> List<F> holding(List<F> forms, Function<F, List<T>> values, T value) {
    return forms.stream().filter(form -> values.apply(form).contains(value)).toList();
  }
}
