/** Native libraries: loaded with a word to the user where they are missing, and without a log. */
@NullMarked
package dev.detent.runtime.internal.natives;

import org.jspecify.annotations.NullMarked;
