/** Files written whole or not at all, read within bounds, and kept for one user at a time. */
package dev.detent.runtime.internal.io;
