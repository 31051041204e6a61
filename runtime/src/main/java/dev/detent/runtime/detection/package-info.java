/**
 * Object detection around a model that answers, for each of many {@linkplain
 * dev.detent.runtime.detection.Anchors anchors}, which class it shows and how the object's box
 * differs from it, as SSD does (Liu et al.: "SSD: Single Shot MultiBox Detector", 2016). In go
 * objects with their boxes, and out come the targets of such a model; in go its answers, and out
 * come detections and how good they are. Everything here is plain Java; the losses are {@link
 * dev.detent.runtime.train.DetectionLosses}.
 *
 * <ol>
 *   <li>{@link dev.detent.runtime.detection.LabeledBox}: what a picture shows, and where.
 *   <li>{@link dev.detent.runtime.detection.AnchorMatching} gives each anchor an object, the
 *       background, or nothing; {@link dev.detent.runtime.detection.DetectionTargets} is what a
 *       model is to answer.
 *   <li>{@link dev.detent.runtime.detection.Detector} makes detections of what a model answers, and
 *       {@link dev.detent.runtime.detection.NonMaximumSuppression} leaves one of each object.
 *   <li>{@link dev.detent.runtime.detection.DetectionScores}: mean average precision; {@link
 *       dev.detent.runtime.detection.DetectionView}: what a report needs to draw boxes.
 * </ol>
 *
 * <p>Boxes are in shares of the picture's height and width. Class 0 is the background, which no box
 * has. It uses {@code data}.
 */
@NullMarked
package dev.detent.runtime.detection;

import org.jspecify.annotations.NullMarked;
