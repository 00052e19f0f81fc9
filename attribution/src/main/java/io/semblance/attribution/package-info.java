/// Where an image comes from: the images of an index that lie nearest to it in a model's feature
/// space.
///
/// Nothing here runs a model: queries and index are embedding tables. A cosine is called similarity
/// and never shown as a percentage; influence is a calibrated share and is left empty until there
/// is a calibrator.
package io.semblance.attribution;
