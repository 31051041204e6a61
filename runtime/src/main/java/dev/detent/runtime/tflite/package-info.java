/**
 * What is in a {@code .tflite} file, and what can be wrong with one: the words that whoever writes,
 * reads, checks, runs or verifies files shares.
 *
 * <p>{@link dev.detent.runtime.tflite.TfliteModelInfo} is what reading gives, {@link
 * dev.detent.runtime.tflite.TfliteFinding} what checking does; files are opened in {@code
 * runtime.verify}. {@code export} writes them. Imports nothing of the package's users.
 */
@NullMarked
package dev.detent.runtime.tflite;

import org.jspecify.annotations.NullMarked;
