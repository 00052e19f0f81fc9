package io.semblance.core.array.pickle;

import io.semblance.core.Printable;
import io.semblance.core.SemblanceException;
import io.semblance.core.array.pickle.PickleItems.Kind;
import java.util.List;

/// The stack machine of a pickle, protocols 0 to 5, without its power: it calls nothing.
///
/// Source: `Lib/pickletools.py` of Python 3.13, whose names the comments give.
final class PickleMachine {

  // Estimated heap of a value beside its contents.
  private static final int OBJECT = 32;
  private static final int ENTRY = 64;

  private final PickleBytes in;
  private final PickleStack stack;
  private final PickleCalls calls;
  private final PersistentIds persistent;
  private final List<Asked> refused; // null: the first refusal ends the reading

  /// Finds what a pickle keeps outside itself.
  @FunctionalInterface
  interface PersistentIds {

    /// @param id what the pickle says
    /// @return the value
    /// @throws SemblanceException if there is none
    PickleValue load(PickleValue id) throws SemblanceException;
  }

  /// A name that was refused.
  ///
  /// @param name module and name, e.g. `os.system`
  /// @param at byte of the pickle
  record Asked(String name, long at) {}

  /// @param refused receives the refused names, and reading goes on with nothing in their place; or
  ///   null to stop at the first
  PickleMachine(PickleBytes in, PersistentIds persistent, List<Asked> refused) {
    this.in = in;
    this.persistent = persistent;
    this.refused = refused;
    this.stack = new PickleStack(in, Math.max(1L << 25, Runtime.getRuntime().maxMemory() / 2));
    this.calls = new PickleCalls(in, stack, refused != null);
  }

  /// Runs to STOP.
  ///
  /// @return the value on top
  PickleValue run() throws SemblanceException {
    for (int opcode = in.u8(); opcode != '.'; opcode = in.u8()) {
      step(opcode);
    }
    PickleValue result = stack.pop();
    PickleShape.check(result, in);
    return result;
  }

  /// Tensors that were asked for, in order.
  List<PickleArray> tensors() {
    return calls.tensors();
  }

  private void step(int opcode) throws SemblanceException {
    switch (opcode) {
      case 0x80 -> protocol(in.u8()); // PROTO
      case 0x95 -> in.u64(); // FRAME: only says how far to read ahead
      case '(' -> stack.mark(); // MARK
      case '0' -> stack.drop(); // POP
      case '1' -> stack.popToMark(); // POP_MARK
      case '2' -> stack.push(stack.top()); // DUP
      case 'N' -> stack.push(PickleValue.None.NONE); // NONE
      case 0x88 -> push(new PickleValue.Bool(true)); // NEWTRUE
      case 0x89 -> push(new PickleValue.Bool(false)); // NEWFALSE
      case 'I' -> push(PickleText.decimal(in, true)); // INT
      case 'L' -> push(PickleText.decimal(in, false)); // LONG
      case 'J' -> push(new PickleValue.Int(in.i32())); // BININT
      case 'K' -> push(new PickleValue.Int(in.u8())); // BININT1
      case 'M' -> push(new PickleValue.Int(in.u16())); // BININT2
      case 0x8a -> push(PickleText.twosComplement(in, in.u8())); // LONG1
      case 0x8b -> push(PickleText.twosComplement(in, in.u32())); // LONG4
      case 'F' -> push(PickleText.real(in)); // FLOAT
      case 'G' -> push(new PickleValue.Real(in.f64())); // BINFLOAT
      case 'S' -> push(PickleText.quoted(in)); // STRING
      case 'U' -> push(PickleText.oldString(text(in.u8()))); // SHORT_BINSTRING
      case 'T' -> push(PickleText.oldString(text(in.u32()))); // BINSTRING
      case 'V' -> push(PickleText.rawUnicode(in)); // UNICODE
      case 0x8c -> push(PickleText.utf8(text(in.u8()))); // SHORT_BINUNICODE
      case 'X' -> push(PickleText.utf8(text(in.u32()))); // BINUNICODE
      case 0x8d -> push(PickleText.utf8(text(in.u64()))); // BINUNICODE8
      case 'C' -> push(new PickleValue.Bytes(in.take(in.u8()))); // SHORT_BINBYTES
      case 'B' -> push(new PickleValue.Bytes(in.take(in.u32()))); // BINBYTES
      case 0x8e, 0x96 -> push(new PickleValue.Bytes(in.take(in.u64()))); // BINBYTES8, BYTEARRAY8
      default -> collection(opcode);
    }
  }

  private void collection(int opcode) throws SemblanceException {
    switch (opcode) {
      case ']' -> push(PickleItems.empty(Kind.LIST)); // EMPTY_LIST
      case ')' -> push(PickleItems.empty(Kind.TUPLE)); // EMPTY_TUPLE
      case 0x8f -> push(PickleItems.empty(Kind.SET)); // EMPTY_SET
      case '}' -> push(new PickleDict()); // EMPTY_DICT
      case 'l' -> push(new PickleItems(Kind.LIST, stack.popToMark())); // LIST
      case 't' -> push(new PickleItems(Kind.TUPLE, stack.popToMark())); // TUPLE
      case 0x91 -> push(new PickleItems(Kind.SET, stack.popToMark())); // FROZENSET
      case 0x85 -> push(new PickleItems(Kind.TUPLE, stack.pop(1))); // TUPLE1
      case 0x86 -> push(new PickleItems(Kind.TUPLE, stack.pop(2))); // TUPLE2
      case 0x87 -> push(new PickleItems(Kind.TUPLE, stack.pop(3))); // TUPLE3
      case 'a' -> append(stack.pop(1)); // APPEND
      case 'e', 0x90 -> append(stack.popToMark()); // APPENDS, ADDITEMS
      case 'd' -> { // DICT
        List<PickleValue> items = stack.popToMark();
        push(new PickleDict());
        setItems(items);
      }
      case 's' -> setItems(stack.pop(2)); // SETITEM
      case 'u' -> setItems(stack.popToMark()); // SETITEMS
      case 'p' -> stack.put(place(in.asciiLine())); // PUT
      case 'q' -> stack.put(in.u8()); // BINPUT
      case 'r' -> stack.put(in.u32()); // LONG_BINPUT
      case 0x94 -> stack.putNext(); // MEMOIZE
      case 'g' -> stack.push(stack.get(place(in.asciiLine()))); // GET
      case 'h' -> stack.push(stack.get(in.u8())); // BINGET
      case 'j' -> stack.push(stack.get(in.u32())); // LONG_BINGET
      default -> request(opcode);
    }
  }

  private void request(int opcode) throws SemblanceException {
    switch (opcode) {
      case 'c' -> stack.push(name(utf8Line(), utf8Line(), in.position())); // GLOBAL
      case 0x93 -> { // STACK_GLOBAL
        List<PickleValue> names = stack.pop(2);
        if (!(names.get(0) instanceof PickleValue.Text module)
            || !(names.get(1) instanceof PickleValue.Text name)) {
          throw in.broken("a name that is no text");
        }
        stack.push(name(module.value(), name.value(), in.position()));
      }
      case 'i' -> { // INST
        PickleName name = name(utf8Line(), utf8Line(), in.position());
        push(calls.call(name, new PickleItems(Kind.TUPLE, stack.popToMark())));
      }
      case 'o' -> { // OBJ
        List<PickleValue> items = stack.popToMark();
        if (items.isEmpty()) {
          throw in.broken("an object without a class");
        }
        PickleValue name = items.removeFirst();
        push(calls.call(name, new PickleItems(Kind.TUPLE, items)));
      }
      case 'R', 0x81 -> { // REDUCE, NEWOBJ
        PickleValue arguments = stack.pop();
        push(calls.call(stack.pop(), arguments));
      }
      case 0x92 -> { // NEWOBJ_EX
        stack.pop(); // named arguments, which no call that is known takes
        PickleValue arguments = stack.pop();
        push(calls.call(stack.pop(), arguments));
      }
      case 'b' -> { // BUILD
        PickleValue state = stack.pop();
        calls.build(stack.top(), state);
      }
      case 'P' -> push(persistent.load(PickleText.utf8(in.line()))); // PERSID
      case 'Q' -> push(persistent.load(stack.pop())); // BINPERSID
      case 0x82, 0x83, 0x84 -> // EXT1, EXT2, EXT4
          stack.push(name("copyreg extension", Long.toString(extension(opcode)), in.position()));
      case 0x97, 0x98 -> // NEXT_BUFFER, READONLY_BUFFER
          throw in.broken("it keeps its data outside the file");
      default -> throw in.broken("no opcode 0x%02x is known".formatted(opcode));
    }
  }

  private void protocol(int version) throws SemblanceException {
    if (version > 5) {
      throw in.broken("protocol " + version + ", 0 to 5 are known");
    }
  }

  private void push(PickleValue value) throws SemblanceException {
    stack.take(OBJECT);
    stack.push(value);
  }

  private byte[] text(long length) throws SemblanceException {
    in.requireLeft(length);
    stack.take(length + OBJECT);
    return in.array(length);
  }

  private void append(List<PickleValue> items) throws SemblanceException {
    switch (stack.top()) {
      case PickleItems list when list.kind() != Kind.TUPLE -> {
        stack.take(8L * items.size());
        items.forEach(list::add);
      }
      case PickleName name when name.kind() == PickleName.Kind.REFUSED -> {
        // only looked through
      }
      default -> throw in.broken("items for something that is no list");
    }
  }

  private void setItems(List<PickleValue> items) throws SemblanceException {
    if (stack.top() instanceof PickleName name && name.kind() == PickleName.Kind.REFUSED) {
      return;
    }
    if (!(stack.top() instanceof PickleDict dict) || items.size() % 2 != 0) {
      throw in.broken("entries for something that is no dict");
    }
    stack.take((long) ENTRY * items.size() / 2);
    for (int i = 0; i < items.size(); i += 2) {
      dict.put(key(items.get(i)), items.get(i + 1));
    }
  }

  private PickleValue key(PickleValue key) throws SemblanceException {
    if (key instanceof PickleDict
        || key instanceof PickleItems items && items.kind() == Kind.LIST) {
      throw in.broken("a " + key + " as a key");
    }
    return key;
  }

  private String utf8Line() throws SemblanceException {
    return PickleText.utf8(in.line()).value();
  }

  private long place(String digits) throws SemblanceException {
    try {
      return Long.parseLong(digits);
    } catch (NumberFormatException _) {
      throw in.broken("no place of the memo");
    }
  }

  private long extension(int opcode) throws SemblanceException {
    return opcode == 0x82 ? in.u8() : opcode == 0x83 ? in.u16() : in.u32();
  }

  private PickleName name(String module, String name, long at) throws SemblanceException {
    var known = PickleName.find(module, name);
    if (known.isPresent()) {
      return known.get();
    }
    if (refused != null) {
      stack.take(OBJECT + module.length() + name.length());
      refused.add(new Asked(module + "." + name, at));
      return PickleName.refused(module, name);
    }
    throw new SemblanceException(
        "%s asks for '%s.%s' (byte %d), which is not among the plain data that is read (numbers, texts, lists, dicts, tensors, arrays): nothing was run; save such data only, and do not load the file elsewhere unless you know who made it."
            .formatted(in.where(), Printable.of(module), Printable.of(name), at));
  }
}
