/// Images, collections, embedding tables, linear algebra, exact search and files with provenance:
/// what every other module stands on.
///
/// Arrays are row-major. `n` counts images, `d` dimensions.
package io.semblance.core;
