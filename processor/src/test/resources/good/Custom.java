import dev.detent.annotations.*;
import dev.detent.annotations.OutputRange;
import dev.detent.runtime.layer.*;
import dev.detent.runtime.network.*;
import dev.detent.runtime.quantizer.*;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** Layers of the user's own: composed, as a custom operation, in a block, float, and tied. */
@Model
@Quantize
class Custom {
  static final int FACTOR = 2;

  @Input(shape = {8, 8, 3}) Layer image;
  @Stem @Bind("block = FACTOR") Layer stem;
  @Gain Layer gained;
  @Gain @QuantizeConfig(weights = @Weights(bits = 8)) Layer own;
  @Gain @Learned(bits = 8) Layer learned;
  @Gain @QuantizeConfig(layer = Chooser.class) Layer chosen;
  @Gate(slope = 0.5) @BatchNorm @Relu Layer gate;
  @Pair({"own", "gate"}) Layer both;
  @Gained(repeat = 2) Layer block;
  @Gain @KeepFloat Layer free;
  @Flatten Layer flat;

  @QuantizeWith(weights = LearnedStep.class)
  @interface Learned {
    int bits() default 4;
  }

  static class Chooser implements LayerQuantizer {}

  @CustomLayer(
      implementation = SpaceToDepth.class,
      outputShape = "{height / block, width / block, channels * block * block}",
      range = OutputRange.OF_INPUTS)
  @interface Stem {
    int block() default 4;
  }

  /** Brings its own quantizer. */
  @CustomLayer(
      implementation = ChannelGain.class,
      weights = @LayerWeight(name = "kernel", shape = "{1, 1, channels, 1}", initializer = Initializer.ONES),
      multiplyAccumulates = "height * width * channels")
  @QuantizeConfig(weights = @Weights(quantizer = LearnedStep.class))
  @interface Gain {}

  @CustomLayer(
      implementation = GateOperation.class,
      weights = {
        @LayerWeight(name = "factor", shape = "{channels, 2}"),
        @LayerWeight(name = "shift", shape = "channels", quantized = false)
      },
      activation = true,
      batchNorm = true)
  @interface Gate {
    double slope();
    String from() default "";
  }

  @CustomLayer(
      implementation = Side.class,
      inputs = 2,
      outputShape = "{height, width2, channels + channels2}",
      range = OutputRange.FIXED,
      scale = 0.0625,
      zeroPoint = 3)
  @interface Pair {
    String[] value();
  }

  @Block
  @interface Gained {
    int repeat() default 1;

    class Layers {
      @Gain Layer gain;
      @Add({"input", "gain"}) Layer sum;
    }
  }

  record SpaceToDepth(int block) implements ComposedLayer {
    @Override
    public Tensor build(NetworkBuilder n, LayerSite site, List<Tensor> inputs) {
      return null;
    }
  }

  static class ChannelGain implements ComposedLayer {
    @Override
    public Tensor build(NetworkBuilder n, LayerSite site, List<Tensor> inputs) {
      return null;
    }
  }

  static class Side extends ChannelGain {}

  record GateOperation(double slope) implements CustomOperation {
    @Override
    public Operand<TFloat32> compute(Computation c, LayerSite site) {
      return null;
    }

    @Override
    public String code(LayerSite site) {
      return "Gate";
    }
  }
}
