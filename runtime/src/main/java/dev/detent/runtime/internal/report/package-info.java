/**
 * The page that a model's {@code report} writes: what is measured for it, and its HTML. Pages on
 * several models are a {@link dev.detent.runtime.internal.report.TablePage}.
 *
 * <p>In: a model's graph, examples, trainings and a {@link dev.detent.runtime.verify.Verification}.
 * Out: one file that needs nothing beside it. Its charts are drawn by Chart.js, whose text is put
 * into the page from the class path; its colours are in {@code page.css}, and {@code page.js} is
 * what makes charts of the figures.
 */
@NullMarked
package dev.detent.runtime.internal.report;

import org.jspecify.annotations.NullMarked;
