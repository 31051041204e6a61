/** Files written whole or not at all, read within bounds, and kept for one user at a time. */
@NullMarked
package dev.detent.runtime.internal.io;

import org.jspecify.annotations.NullMarked;
