/// Pickles and PyTorch files, read without ever running what they ask for.
///
/// A pickle is a program for a stack machine that may call any function by name. The reader here
/// knows the names behind plain data (numbers, texts, lists, dicts, torch tensors, numpy arrays)
/// and builds those itself; any other name is refused with the place where it stands. What comes
/// out is a tree of [io.semblance.core.array.pickle.PickleValue], without cycles and of bounded
/// depth. Source: `Lib/pickletools.py` of Python 3.13 for the opcodes; `torch/_utils.py`,
/// `torch/serialization.py` and `numpy/_core/multiarray` for the calls.
package io.semblance.core.array.pickle;
