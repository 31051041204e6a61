package dev.detent.runtime.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import dev.detent.runtime.report.JsonReport;
import dev.detent.runtime.tflite.Kernels;
import dev.detent.runtime.verify.OutputResult.Quality;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A verification as people and programs read it, with fixed figures. */
class VerificationTextTest {

  private static Agreement agreement(double equal, double largest, double top1) {
    return new Agreement(8, 1000, equal, largest, largest / 4, Double.isNaN(top1) ? 0 : 100, top1);
  }

  private static LayerError layer(
      String name,
      String operation,
      List<Integer> shape,
      double equal,
      double equalLoss,
      double decibels,
      double decibelLoss) {
    return new LayerError(
        name,
        operation,
        shape,
        !name.equals("scores"),
        !name.equals("conv"),
        agreement(equal, equal == 1 ? 0 : 1, Double.NaN),
        agreement(equal, name.equals("scores") ? 0.0123 : equal == 1 ? 0 : 2, Double.NaN),
        agreement(1, 0, Double.NaN),
        equalLoss,
        decibels,
        1,
        decibelLoss);
  }

  private static Verification verification(List<String> findings) {
    return verification(findings, List.of());
  }

  private static Verification verification(List<String> findings, List<String> losses) {
    return new Verification(
        "Digits",
        "out/digits.tflite",
        1000,
        16_848,
        53_184,
        List.of(
            new OutputResult(
                "logits",
                agreement(0.97999, 2, 0.9999999),
                agreement(1, 0, 1),
                agreement(0.98, 1, 0.99),
                new Quality(Quality.ACCURACY, 0.9841, 0.985, 0.985, 0.9838),
                new OutputResult.Loss(-0.0009, 0.0003, 0.002))),
        new Delegation(4, Map.of("SOFTMAX", 1)),
        List.of(
            new LatencyResult(Kernels.BUILT_IN, 0.0461, 0.0622, 0.7412, 100),
            new LatencyResult(Kernels.XNNPACK, 0.0092, 0.0123, 0.748, 100)),
        List.of(
            layer("image", "INPUT", List.of(28, 28, 1), 1, 0, 52.04, Double.NaN),
            layer("conv", "CONV_2D", List.of(26, 26, 16), 0.96, 0.04, 41.4, 10.64),
            layer("scores", "SOFTMAX", List.of(10), 0.99, -0.03, Double.POSITIVE_INFINITY, -5)),
        64,
        findings,
        losses,
        List.of());
  }

  @Test
  void everythingIsShown() {
    assertThat(verification(List.of()))
        .hasToString(
            """
            Verification of out/digits.tflite: Digits, 1,000 examples

            model                        accuracy          size
            ---------------------------  --------  ------------
            float model                   98.41 %  53,184 bytes
            quantized graph               98.50 %             -
            int8 file, built-in kernels   98.50 %  16,848 bytes
            int8 file, XNNPACK            98.38 %  16,848 bytes

            agreement                     equal values  at most apart  same top-1
            ----------------------------  ------------  -------------  ----------
            graph and built-in kernels         97.99 %              2     99.99 %
            graph and XNNPACK                 100.00 %              0    100.00 %
            built-in kernels and XNNPACK       98.00 %              1     99.00 %

            one example, 1 thread      int8     float  int8 / float
            ---------------------  --------  --------  ------------
            built-in kernels       0.046 ms  0.062 ms          0.74
            XNNPACK                0.009 ms  0.012 ms          0.75

            XNNPACK leaves 1 of 4 operations to the built-in kernels: 1 SOFTMAX.

            Layers over 64 examples: equal to the graph's, largest difference, signal to noise against float
            layer   operation        output        built-in  max   XNNPACK    max     SQNR  worst
            ------  ---------------  ------------  --------  ---  --------  -----  -------  ------------------------------------------------------------------
            image   INPUT            [28, 28, 1]   100.00 %    0  100.00 %      0  52.0 dB
            conv    CONV_2D          [26, 26, 16]   96.00 %    1   96.00 %      2  41.4 dB  <- adds most differences, adds most noise, most noise, other scale
            scores  SOFTMAX (float)  [10]           99.00 %    1   99.00 %  0.012        -

            The file computes what was trained.
            """);
  }

  @Test
  void theShortFormIsAgreementAndVerdict() {
    assertThat(verification(List.of("this is wrong", "and that")).summary())
        .isEqualTo(
            """
            agreement                     equal values  at most apart  same top-1
            ----------------------------  ------------  -------------  ----------
            graph and built-in kernels         97.99 %              2     99.99 %
            graph and XNNPACK                 100.00 %              0    100.00 %
            built-in kernels and XNNPACK       98.00 %              1     99.00 %

            XNNPACK leaves 1 of 4 operations to the built-in kernels: 1 SOFTMAX.

            The file does not compute what was trained:
            - this is wrong
            - and that
            """);
  }

  @Test
  void lossesAreAVerdictOfTheirOwnInLinesOfEightyColumns() {
    String loss = "'age' " + "has lost its bits ".repeat(6).strip();
    assertThat(verification(List.of(loss), List.of(loss)).summary())
        .endsWith(
            """

            The file computes what the quantized graph does.
            Quantization has lost accuracy:
            - 'age' has lost its bits has lost its bits has lost its bits has lost its bits
              has lost its bits has lost its bits
            """);
    assertThat(verification(List.of("that differs", loss), List.of(loss)).summary())
        .contains(
            """

            The file does not compute what was trained:
            - that differs
            Quantization has lost accuracy:
            - 'age'""");
  }

  @Test
  void theComparisonIsTheTableOfAReadme() {
    Verification verification = verification(List.of());
    assertThat(verification.comparison(0.984, 0.983))
        .hasToString(
            """
            model                             accuracy  against float          size   latency
            --------------------------------  --------  -------------  ------------  --------
            float                              98.40 %              -  53,184 bytes  0.012 ms
            post-training quantization         98.30 %          -0.10             -         -
            quantization-aware training        98.50 %          +0.10             -         -
            int8 in TFLite, XNNPACK            98.38 %          -0.02  16,848 bytes  0.009 ms
            int8 in TFLite, built-in kernels   98.50 %          +0.10  16,848 bytes  0.046 ms
            """);
    // Without fine-tuning the quantized graph is the post-training quantization.
    assertThat(verification.comparison(0.984).rows())
        .extracting(row -> row.name() + " " + row.accuracy())
        .containsExactly(
            "float 0.984",
            "post-training quantization 0.985",
            "int8 in TFLite, XNNPACK 0.9838",
            "int8 in TFLite, built-in kernels 0.985");
    assertThatThrownBy(() -> verification.comparison(98.4))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("98.4; it must be from 0 to 1");
  }

  @Test
  void aReportTakesItAsItIs() {
    JsonObject json =
        new JsonReport()
            .put("verification", verification(List.of("wrong")))
            .content()
            .getAsJsonObject("verification");
    assertThat(json.get("examples").getAsInt()).isEqualTo(1000);
    JsonObject output = json.getAsJsonArray("outputs").get(0).getAsJsonObject();
    assertThat(output.getAsJsonObject("builtIn").get("equalShare").getAsDouble())
        .isEqualTo(0.97999);
    assertThat(json.getAsJsonArray("layers")).hasSize(3);
    JsonObject scores = json.getAsJsonArray("layers").get(2).getAsJsonObject();
    assertThat(scores.get("sqnrDb").isJsonNull()).isTrue(); // infinite, which JSON has not
    assertThat(json.getAsJsonArray("findings").get(0).getAsString()).isEqualTo("wrong");
  }
}
