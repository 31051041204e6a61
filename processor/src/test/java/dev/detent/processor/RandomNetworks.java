package dev.detent.processor;

import dev.detent.annotations.MergeMode;
import dev.detent.processor.model.OperationKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Draws models out of every row of the table of layers: branches that meet again, ties between
 * them, stacked activations and batch norms, fields that stay float. Shapes are not looked after:
 * {@link RandomNetwork#right} leaves out what does not fit.
 */
public final class RandomNetworks {
  private static final int FEWEST = 4;
  private static final int MOST = 10;
  private static final String BACKWARDS = ", goBackwards = true";
  private static final List<OperationKind> ROWS = rows();

  private final Random random;
  private final List<RandomNetwork.Field> fields = new ArrayList<>();

  private RandomNetworks(Random random) {
    this.random = random;
  }

  /** A model; the {@code index}-th one begins with the row of that number, then draws. */
  public static RandomNetwork draw(String name, long seed, int index) {
    Random random = new Random(seed * 1_000_003L + index);
    return new RandomNetworks(random).network(name, first(index), random);
  }

  /** The row that the {@code index}-th model begins with. */
  public static OperationKind first(int index) {
    return ROWS.get(index % ROWS.size());
  }

  /** An input and one layer of a row, nothing stacked; its attributes are drawn. */
  static RandomNetwork alone(String name, OperationKind kind, long seed) {
    RandomNetworks drawn = new RandomNetworks(new Random(seed));
    if (kind == OperationKind.EMBEDDING) {
      drawn.add("@Input(shape = 5, dataType = DataType.INT32)", List.of(), false);
    } else {
      drawn.add("@Input(shape = {" + drawn.shape(kind) + "})", List.of(), false);
    }
    List<Integer> reads =
        switch (kind.reads()) {
          case NAMED ->
              kind == OperationKind.SCALED_DOT_PRODUCT_ATTENTION ? List.of(0, 0, 0) : List.of(0, 0);
          default -> List.of(0);
        };
    drawn.add(drawn.annotations(kind), reads, false);
    return new RandomNetwork(name, true, seed, drawn.fields);
  }

  private static List<OperationKind> rows() {
    List<OperationKind> rows = new ArrayList<>(List.of(OperationKind.values()));
    rows.remove(OperationKind.CUSTOM); // what it computes is the user's
    rows.remove(OperationKind.INPUT);
    return rows;
  }

  private RandomNetwork network(String name, OperationKind first, Random seeds) {
    boolean isQuantized = !chance(6);
    if (first == OperationKind.EMBEDDING) {
      add("@Input(shape = " + between(2, 9) + ", dataType = DataType.INT32)", List.of(), false);
      add(annotations(first), List.of(0), false);
    } else {
      add("@Input(shape = {" + shape(first) + "})", List.of(), false);
    }
    int wanted = between(FEWEST, MOST);
    boolean isFirst = true;
    while (fields.size() < wanted) {
      OperationKind kind = isFirst ? first : ROWS.get(random.nextInt(ROWS.size()));
      isFirst = false;
      if (kind == OperationKind.EMBEDDING || kind.yieldsIndices()) {
        continue;
      }
      add(kind, isQuantized);
    }
    if (first.yieldsIndices()) { // which nothing reads
      add(first, isQuantized);
    }
    return new RandomNetwork(name, isQuantized, seeds.nextLong(), fields);
  }

  /** One that the row can read. */
  private String shape(OperationKind kind) {
    int rank =
        switch (kind) {
          case CONV_1D,
              DEPTHWISE_CONV_1D,
              CONV_1D_TRANSPOSE,
              UP_SAMPLE_1D,
              SEPARABLE_CONV_1D,
              MAX_POOL_1D,
              AVERAGE_POOL_1D,
              GLOBAL_AVERAGE_POOL_1D,
              GLOBAL_MAX_POOL_1D,
              ZERO_PAD_1D,
              CROP_1D,
              SPATIAL_DROPOUT_1D,
              MULTI_HEAD_ATTENTION,
              SCALED_DOT_PRODUCT_ATTENTION,
              POSITION_EMBEDDING,
              GRU,
              LSTM ->
              2;
          case REPEAT_VECTOR -> 1;
          case PERMUTE -> 3;
          default -> between(1, 10) < 8 ? 3 : 2;
        };
    String channels = List.of("1", "3", "4", "8").get(random.nextInt(4));
    return switch (rank) {
      case 1 -> channels;
      case 2 -> between(3, 9) + ", " + channels;
      default -> 2 * between(2, 5) + ", " + 2 * between(2, 5) + ", " + channels;
    };
  }

  private void add(OperationKind kind, boolean isQuantized) {
    int last = Math.max(chance(3) ? random.nextInt(fields.size()) : fields.size() - 1, firstReal());
    List<Integer> reads = new ArrayList<>(List.of(last));
    if (kind.reads() == OperationKind.Reads.NAMED) {
      reads.add(partner(last, kind == OperationKind.CONCAT));
      if (kind == OperationKind.SCALED_DOT_PRODUCT_ATTENTION) {
        reads.add(partner(last, false));
      } else if (chance(4)) {
        reads.add(partner(last, false));
      }
    }
    String text = annotations(kind);
    if (kind == OperationKind.MULTI_HEAD_ATTENTION && chance(2)) {
      reads.add(partner(last, true));
      reads.add(chance(2) ? reads.get(1) : last);
      text = text.replace("%s", "%0, valueFrom = %1, keyFrom = %2");
    }
    if ((kind == OperationKind.LSTM || kind == OperationKind.GRU) && chance(2)) {
      List<MergeMode> modes = List.of(MergeMode.values());
      text =
          "@Bidirectional(mergeMode = MergeMode."
              + modes.get(random.nextInt(modes.size()))
              + ") "
              + text.replace(BACKWARDS, "");
    }
    if (kind.takes(OperationKind.Stacks.BATCH_NORM) && chance(3)) {
      text += " @BatchNorm";
    }
    boolean isStacked = kind.takes(OperationKind.Stacks.ACTIVATION) && chance(2);
    if (isStacked) {
      text += " " + annotations(activation()).replace("(from = %s)", "").replace(", from = %s", "");
    }
    if (isQuantized ? chance(20) : false) {
      text += " @KeepFloat";
    } else if (!isQuantized && !chance(3)) {
      text += " @Quantize";
    }
    if (chance(10)) {
      text += " @Output";
    }
    if (kind.takes(OperationKind.Stacks.BATCH_NORM) && isQuantized && chance(8)) {
      text += " @QuantizeConfig(weights = @Weights(granularity = Granularity.PER_TENSOR))";
    }
    add(text, reads, kind.isActivation() || kind.isTrainingOnly());
  }

  private void add(String annotations, List<Integer> reads, boolean keepsShape) {
    int number = fields.size();
    int group = keepsShape ? fields.get(reads.get(0)).group() : number;
    fields.add(new RandomNetwork.Field(number, annotations, reads, group));
  }

  /** Nothing but the first embedding reads the input where it holds indices. */
  private int firstReal() {
    return fields.size() > 1 && fields.get(1).annotations().startsWith("@Embedding") ? 1 : 0;
  }

  /** A field of the same shape, as far as is known; that field itself if there is no other. */
  private int partner(int of, boolean any) {
    int group = fields.get(of).group();
    List<Integer> partners = new ArrayList<>();
    for (RandomNetwork.Field field : fields) {
      if (field.number() != of
          && field.number() >= firstReal()
          && (any || field.group() == group)) {
        partners.add(field.number());
      }
    }
    return partners.isEmpty() ? of : partners.get(random.nextInt(partners.size()));
  }

  private OperationKind activation() {
    List<OperationKind> all = ROWS.stream().filter(OperationKind::isActivation).toList();
    return all.get(random.nextInt(all.size()));
  }

  private String annotations(OperationKind kind) {
    String written = attributes(kind);
    return "@"
        + kind.annotation()
        + switch (kind.reads()) {
          case NOTHING -> written;
          case ONE -> "(" + written + (written.isEmpty() ? "" : ", ") + "from = %s)";
          case NAMED -> written.isEmpty() ? "(%s)" : "(value = %s, " + written + ")";
        };
  }

  private String attributes(OperationKind kind) {
    return switch (kind) {
      case CONV_2D -> filters() + ", kernelSize = " + pair(1, 3) + strides() + padding() + groups();
      case CONV_1D -> filters() + ", kernelSize = " + between(1, 3) + stride() + sequencePadding();
      case DEPTHWISE_CONV_2D ->
          "kernelSize = "
              + pair(1, 3)
              + strides()
              + padding()
              + ", depthMultiplier = "
              + between(1, 2);
      case DEPTHWISE_CONV_1D ->
          "kernelSize = "
              + between(1, 3)
              + stride()
              + sequencePadding()
              + ", depthMultiplier = "
              + between(1, 2);
      case CONV_1D_TRANSPOSE ->
          filters() + ", kernelSize = " + between(2, 4) + stride() + padding();
      case SEPARABLE_CONV_2D -> filters() + ", kernelSize = " + pair(1, 3) + strides() + padding();
      case SEPARABLE_CONV_1D ->
          filters() + ", kernelSize = " + between(1, 3) + stride() + sequencePadding();
      case CONV_2D_TRANSPOSE -> filters() + ", kernelSize = " + pair(2, 3) + strides() + padding();
      case DENSE -> "units = " + between(1, 12) + (chance(4) ? ", useBias = false" : "");
      case BATCH_NORM -> "scale = " + random.nextBoolean();
      case MAX_POOL_2D, AVERAGE_POOL_2D -> "poolSize = " + pair(1, 3) + padding();
      case MAX_POOL_1D, AVERAGE_POOL_1D -> "poolSize = " + between(1, 3) + padding();
      case GLOBAL_AVERAGE_POOL_2D, GLOBAL_MAX_POOL_2D, GLOBAL_AVERAGE_POOL_1D, GLOBAL_MAX_POOL_1D ->
          "keepDims = " + random.nextBoolean();
      case RESHAPE -> "shape = {-1, " + between(1, 4) + (chance(2) ? ", 2}" : "}");
      case ZERO_PAD_2D, ZERO_PAD_1D -> "padding = " + pair(0, 2);
      case PAD -> "padding = 1, mode = PadMode." + (chance(2) ? "REFLECT" : "SYMMETRIC");
      case CONCAT -> "axis = " + (chance(3) ? "1" : "-1");
      case PERMUTE -> "dims = " + (chance(2) ? "{2, 1, 3}" : "{3, 1, 2}");
      case CROP_1D, CROP_2D -> "cropping = " + pair(0, 1);
      case SLICE -> "begin = {1}, end = {-1}, strides = {" + between(1, 2) + "}";
      case SPLIT -> "parts = 2, index = " + between(0, 1) + ", axis = " + (chance(2) ? "1" : "-1");
      case SPACE_TO_DEPTH, DEPTH_TO_SPACE -> "blockSize = 2";
      case UP_SAMPLE_2D -> "size = " + pair(1, 3) + interpolation();
      case UP_SAMPLE_1D -> "size = " + between(1, 3);
      case RESIZE ->
          "height = "
              + between(2, 9)
              + ", width = "
              + between(2, 9)
              + interpolation()
              + (chance(2) ? ", alignCorners = true, halfPixelCenters = false" : "");
      case ARG_MAX -> "axis = " + (chance(3) ? "1" : "-1");
      case MEAN, SUM, MAX ->
          "axis = {" + (chance(2) ? "1" : "-1") + "}, keepDims = " + random.nextBoolean();
      case REPEAT_VECTOR -> "n = " + between(2, 4);
      case DROPOUT, SPATIAL_DROPOUT_1D, SPATIAL_DROPOUT_2D, STOCHASTIC_DEPTH -> "rate = 0.3";
      case RESCALING -> "scale = -0.7" + (chance(2) ? ", offset = 1.5" : "");
      case NORMALIZATION ->
          chance(2)
              ? "mean = " + between(-1, 1) + ", variance = 2"
              : "mean = {-0.5, 0.2, 1}, variance = {0.5, 1, 2}";
      case LAYER_SCALE -> "initValues = 0.3";
      case GROUP_NORMALIZATION ->
          "groups = " + List.of("1", "-1", "2").get(random.nextInt(3)) + ", center = " + chance(2);
      case GAUSSIAN_NOISE -> "stddev = 0.1";
      case BATCH_MAT_MUL -> chance(2) ? "transposeB = true" : "transposeA = true";
      case MULTI_HEAD_ATTENTION -> "numHeads = " + between(1, 2) + ", keyDim = " + between(2, 4);
      case LAYER_NORM -> "center = " + random.nextBoolean();
      case EMBEDDING -> "inputDim = 7, outputDim = " + between(2, 6);
      case GRU, LSTM ->
          "units = "
              + between(2, 5)
              + ", returnSequences = "
              + random.nextBoolean()
              + (chance(3) ? BACKWARDS : "");
      case RELU -> List.of("", "maxValue = 4", "negativeSlope = 0.1").get(random.nextInt(3));
      case LEAKY_RELU -> "negativeSlope = 0." + between(1, 4);
      case PRELU -> chance(2) ? "sharedAxes = 1" : "";
      case HARD_SWISH -> "split = " + random.nextBoolean();
      case THRESHOLDED_RELU -> "theta = 0." + between(0, 9);
      case GELU -> "approximate = " + random.nextBoolean();
      default -> "";
    };
  }

  private String filters() {
    return "filters = " + 2 * between(1, 4);
  }

  private String groups() {
    return chance(5) ? ", groups = 2" : "";
  }

  private String strides() {
    return chance(2) ? "" : chance(2) ? ", dilationRate = 2" : ", strides = " + pair(1, 2);
  }

  private String stride() {
    return chance(2) ? "" : ", strides = " + between(1, 2);
  }

  private String padding() {
    return chance(3) ? "" : ", padding = Padding.SAME";
  }

  private String sequencePadding() {
    return chance(3) ? ", padding = Padding.CAUSAL" : padding();
  }

  private String interpolation() {
    return ", interpolation = Interpolation." + (chance(2) ? "BILINEAR" : "NEAREST");
  }

  private String pair(int least, int most) {
    return "{" + between(least, most) + ", " + between(least, most) + "}";
  }

  private int between(int least, int most) {
    return least + random.nextInt(most - least + 1);
  }

  private boolean chance(int of) {
    return random.nextInt(of) == 0;
  }
}
