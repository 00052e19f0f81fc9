/// Damage to files, by the thousand and by a seed, and the run that hands it to every reader.
package io.semblance.core.fuzz;
