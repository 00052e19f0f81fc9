/// Texts as vectors in the space of images: tokenizers, and the text towers of CLIP-type models.
///
/// [io.semblance.extract.text.Tokenizer] turns a text into token ids, `t` of them, `t` the model's
/// context length; [io.semblance.extract.text.TextExtractor] turns those into a vector of length d.
package io.semblance.extract.text;
