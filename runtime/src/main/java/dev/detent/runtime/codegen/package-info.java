/**
 * What generated code alone calls: the base of the examples of a model with several inputs or
 * outputs. Imports {@code data}.
 */
@NullMarked
package dev.detent.runtime.codegen;

import org.jspecify.annotations.NullMarked;
