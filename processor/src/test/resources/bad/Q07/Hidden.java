import dev.detent.annotations.*;
import dev.detent.runtime.quantizer.*;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

class Networks {
  private static class Hidden implements RangeQuantizer {
    @Override
    public Bounds observe(Ops tf, Bounds current, Bounds batch, Operand<TFloat32> seen) {
      return batch;
    }
  }

  static class NoWay extends LastOne {
    private NoWay() {}
  }

  static class LastOne implements RangeQuantizer {
    @Override
    public Bounds observe(Ops tf, Bounds current, Bounds batch, Operand<TFloat32> seen) {
      return batch;
    }
  }

  @Model
  @Quantize
  static class Digits {
    @Input(shape = 4) Layer values;
    @Dense(units = 4) @QuantizeConfig(activations = @Activations(quantizer = Hidden.class)) Layer a;
    @Dense(units = 4) @QuantizeConfig(activations = @Activations(quantizer = NoWay.class)) Layer b;
  }
}
