/// A GIF decoder for the first picture of a file: [GifFile] reads the blocks, [LzwReader] the
/// compressed indices.
///
/// Source: CompuServe, "Graphics Interchange Format, Version 89a", cited by section.
package io.semblance.core.image.gif;
