/// The ten fruits as parts with form and surface, and how their fruits lie on a table or in a heap.
/// Anatomies know nothing of styles.
package io.semblance.synth.paint.fruit;
