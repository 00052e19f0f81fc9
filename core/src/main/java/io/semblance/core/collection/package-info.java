/// Image collections: which images there are, in which order, under which ids and labels.
///
/// An id is stable and unique within its collection; labels place an image on a salad's grid.
package io.semblance.core.collection;
