/// The SALAD benchmark: how much a model weighs what an image shows against how it shows it.
///
/// Takes embedding tables of images on a category x style x instance grid, each with I images a
/// cell, and never makes them. Source: Ohm et al., "fruit-SALAD" (2024); what the paper leaves open
/// is stated where it is decided.
///
/// n counts images, d dimensions, C categories, S styles. Cells are numbered `category * S +
/// style`. Matrices over cells are `CS x CS`; a number that is not defined is NaN.
package io.semblance.salad;
