package dev.detent.runtime.graph;

import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/**
 * One pass of a model, built.
 *
 * @param pass which
 * @param inputs how to feed each input, in order of declaration
 * @param outputs each output, in order of declaration
 * @param tensors every layer's output, in order of data flow
 * @param trainable the variables that gradients train and this pass reads, and what it read
 * @param ranges the ranges of quantized tensors
 * @param exports what the export fetches of each layer with weights; inference passes only
 * @param constants what the export fetches of each constant operand; inference passes only
 * @param statisticUpdates bring the batch-norm statistics up to date
 * @param rangeUpdates bring the ranges and what else quantizers keep up to date
 * @param hostSites what a calibration may work out on the JVM; observing passes only
 * @param penalty the sum of all weight penalties, or null
 * @param step the number of the training step, for random layers; null if there are none
 */
public record PassGraph(
    Pass pass,
    Map<String, GraphBuilder.Feed> inputs,
    Map<String, LayerTensor> outputs,
    Map<String, LayerTensor> tensors,
    Map<Variables.Variable, Operand<TFloat32>> trainable,
    Map<String, RangeNodes> ranges,
    Map<String, GraphBuilder.ExportNodes> exports,
    Map<String, GraphBuilder.ConstantNodes> constants,
    List<Update> statisticUpdates,
    List<Update> rangeUpdates,
    List<HostSite> hostSites,
    Operand<TFloat32> penalty,
    Operand<TInt64> step) {}
