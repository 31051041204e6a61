/**
 * Data for training and evaluation: what goes in are arrays, tables of text, IDX files, folders and
 * zips of images and of WAV files, and streams; what comes out are {@linkplain
 * dev.detent.runtime.data.Batch batches} of contiguous arrays, shuffled, augmented and read ahead
 * on worker threads.
 *
 * <ul>
 *   <li>{@link dev.detent.runtime.data.Features} are the values that a model reads, {@link
 *       dev.detent.runtime.data.Targets} those that it is to answer; {@link
 *       dev.detent.runtime.data.Examples} ties several of each together and {@link
 *       dev.detent.runtime.data.Dataset} one of each.
 *   <li>{@link dev.detent.runtime.data.Idx} and {@link dev.detent.runtime.data.ImageFolder} read
 *       files.
 *   <li>{@link dev.detent.runtime.data.Wav} reads sounds, of which {@link
 *       dev.detent.runtime.data.LogMelSpectrogram} and {@link dev.detent.runtime.data.Mfcc} make
 *       what a model reads.
 *   <li>{@link dev.detent.runtime.data.Csv} reads tables, of which {@link
 *       dev.detent.runtime.data.FeatureSpace} makes what a model reads; {@link
 *       dev.detent.runtime.data.Windows} cuts series.
 *   <li>{@link dev.detent.runtime.data.ExampleStream} is for examples that nobody counts or keeps.
 *   <li>{@link dev.detent.runtime.data.Batches} walks over them, and {@link
 *       dev.detent.runtime.data.Augmentation} changes them on the way.
 * </ul>
 *
 * <p>Layouts are {@code [height, width, channels]} for one example, the batch in front of it.
 * Everything that is wrong with a file is reported as a {@link
 * dev.detent.runtime.data.DataException} that names the file.
 */
@NullMarked
package dev.detent.runtime.data;

import org.jspecify.annotations.NullMarked;
