/** The base of what Detent throws; the subclasses are in the packages that throw them. */
@NullMarked
package dev.detent.runtime.exception;

import org.jspecify.annotations.NullMarked;
