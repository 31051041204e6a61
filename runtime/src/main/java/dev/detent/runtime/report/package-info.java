/**
 * What is told about a run: aligned tables for the console, JSON files, and where the figures come
 * from. What goes in are plain figures and texts; what comes out is text.
 */
@NullMarked
package dev.detent.runtime.report;

import org.jspecify.annotations.NullMarked;
