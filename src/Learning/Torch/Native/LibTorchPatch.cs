// This file is compiled twice: into Actors.Learning, and by build/LibTorch.targets into the build itself (against .NET Standard 2.0,
// which the symbol NET tells apart). So it uses nothing newer than arrays and streams.
#nullable enable
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;

namespace Actors.Learning.Torch.Native;

/// <summary>
/// Makes TorchSharp's native library loadable where the C++ runtime is older than GCC 13's. The library imports one symbol of
/// that age, <c>std::ios_base_library_init()</c>, which asks the C++ runtime to set up its standard streams;
/// <c>std::ios_base::Init::Init()</c> does the same and is as old as the runtime. The patch renames the import, moves it to the old
/// version, and marks the now unused version as one that may be missing.
/// </summary>
public static class LibTorchPatch
{
    private const string NewSymbol = "_ZSt21ios_base_library_initv";
    private const string OldSymbol = "_ZNSt8ios_base4InitC1Ev";
    private const string NewVersion = "GLIBCXX_3.4.32";
    private const string OldVersion = "GLIBCXX_3.4";
    private const ushort MayBeMissing = 2;

    /// <summary>
    /// Writes a patched copy of a library; the source is only read. The copy appears under its name complete or not at all,
    /// and takes the place of a file that is there.
    /// </summary>
    /// <returns>False, with nothing written, when the source does not import the new symbol: there is nothing to patch.</returns>
    /// <exception cref="InvalidDataException">The source is not what the patch was made for; the message says where it differs.</exception>
    public static bool Write(string source, string destination)
    {
        var patched = Apply(File.ReadAllBytes(source), source);
        if (patched is null)
        {
            return false;
        }

        // Outputs are hard links into the package folder: what lies there is replaced, never written to.
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(destination))!);
        var beside = destination + "." + Guid.NewGuid().ToString("N");
        try
        {
            File.WriteAllBytes(beside, patched);
            if (File.Exists(destination))
            {
                File.Replace(beside, destination, null);
            }
            else
            {
                File.Move(beside, destination);
            }
        }
        finally
        {
            File.Delete(beside);
        }

        return true;
    }

    /// <summary>Patches a library's bytes.</summary>
    /// <param name="library">The library; not changed.</param>
    /// <param name="name">What to call it in messages.</param>
    /// <returns>The patched bytes; null when the library does not import the new symbol.</returns>
    /// <exception cref="InvalidDataException">See <see cref="Write"/>.</exception>
    public static byte[]? Apply(byte[] library, string name)
    {
        try
        {
            return Apply(new Elf(library, name));
        }
        catch (Exception problem) when (problem is ArgumentException or IndexOutOfRangeException or OverflowException)
        {
            throw new InvalidDataException($"{name}: the file is damaged: an offset in it points outside of it.", problem);
        }
    }

    private static byte[]? Apply(Elf elf)
    {
        var symbols = Enumerable.Range(0, elf.SymbolCount).Where(index => elf.SymbolName(index) == NewSymbol).ToList();
        if (symbols.Count == 0)
        {
            return null;
        }

        var symbol = One(elf, symbols, $"imports of {NewSymbol}");
        var needs = elf.VersionNeeds().ToList();
        var newer = One(elf, [.. needs.Where(need => need.Name == NewVersion)], $"version entries {NewVersion}");
        var older = One(elf, [.. needs.Where(need => need.Name == OldVersion && need.File == newer.File)], $"version entries {OldVersion}");
        var users = Enumerable.Range(0, elf.SymbolCount).Where(index => elf.SymbolVersion(index) == newer.Index).ToList();
        if (One(elf, users, $"symbols of version {NewVersion}") != symbol)
        {
            throw elf.Refuse($"{NewVersion} is not the version of {NewSymbol}");
        }

        var text = elf.SymbolNameOffset(symbol);
        if (!elf.IsWholeString(text) || elf.StringOffsets().Count(offset => offset >= text && offset <= text + NewSymbol.Length) != 1)
        {
            throw elf.Refuse($"another name shares the text {NewSymbol}");
        }

        var patched = (byte[])elf.Bytes.Clone();
        var place = checked((int)(elf.Strings + text));
        Array.Clear(patched, place, NewSymbol.Length);
        Encoding.ASCII.GetBytes(OldSymbol, 0, OldSymbol.Length, patched, place);
        BitConverter.GetBytes(older.Index).CopyTo(patched, elf.SymbolVersionOffset(symbol));
        BitConverter.GetBytes((ushort)(newer.Flags | MayBeMissing)).CopyTo(patched, newer.FlagsOffset);
        return patched;
    }

    private static T One<T>(Elf elf, List<T> found, string what) =>
        found.Count == 1 ? found[0] : throw elf.Refuse($"expected one of the {what}, found {found.Count}");

    /// <summary>One version of one library that the file asks for.</summary>
    private sealed class VersionNeed(uint file, string name, ushort index, ushort flags, int flagsOffset, uint nameOffset)
    {
        public uint File { get; } = file;

        public string Name { get; } = name;

        public ushort Index { get; } = index;

        public ushort Flags { get; } = flags;

        public int FlagsOffset { get; } = flagsOffset;

        public uint NameOffset { get; } = nameOffset;
    }

    /// <summary>The parts of a little-endian 64-bit ELF file that say what it imports.</summary>
    private sealed class Elf
    {
        private const uint DynamicSymbols = 11;
        private const uint SymbolVersions = 0x6fffffff;
        private const uint NeededVersions = 0x6ffffffe;
        private const int SymbolLength = 24;

        private readonly string _name;
        private readonly int _symbols;
        private readonly int _symbolVersions;
        private readonly int _neededVersions;
        private readonly int _neededCount;

        public Elf(byte[] bytes, string name)
        {
            (Bytes, _name) = (bytes, name);
            byte[] magic = [0x7f, (byte)'E', (byte)'L', (byte)'F', 2, 1];
            if (bytes.Length < 64 || !bytes.Take(magic.Length).SequenceEqual(magic))
            {
                throw Refuse("it is no little-endian 64-bit ELF file");
            }

            var symbols = Section(DynamicSymbols, "dynamic symbols");
            (_symbols, SymbolCount) = (Offset(symbols), Long(symbols + 32) / SymbolLength);
            Strings = Offset(SectionAt(Int(symbols + 40)));
            _symbolVersions = Offset(Section(SymbolVersions, "symbol versions"));
            var needed = Section(NeededVersions, "needed versions");
            (_neededVersions, _neededCount) = (Offset(needed), Int(needed + 44));
        }

        public byte[] Bytes { get; }

        public int SymbolCount { get; }

        /// <summary>Where the names start in the file.</summary>
        public int Strings { get; }

        public InvalidDataException Refuse(string problem) =>
            new($"{_name}: {problem}. The patch was made for TorchSharp 0.107.0 on linux-x64; a library of another version needs " +
                "another patch, or none where the C++ runtime is new enough (libstdc++ of GCC 13, for example in Debian 13).");

        public uint SymbolNameOffset(int index) => BitConverter.ToUInt32(Bytes, _symbols + (index * SymbolLength));

        public string SymbolName(int index) => Text(SymbolNameOffset(index));

        public int SymbolVersionOffset(int index) => _symbolVersions + (index * 2);

        public ushort SymbolVersion(int index) => BitConverter.ToUInt16(Bytes, SymbolVersionOffset(index));

        /// <summary>Whether a text starts there and is not the tail of a longer one.</summary>
        public bool IsWholeString(uint offset) => offset == 0 || Bytes[checked((int)(Strings + offset - 1))] == 0;

        /// <summary>Every offset by which a symbol, a library or a version names itself.</summary>
        public IEnumerable<uint> StringOffsets() =>
            Enumerable.Range(0, SymbolCount).Select(SymbolNameOffset)
                .Concat(VersionNeeds().SelectMany(need => new[] { need.File, need.NameOffset }));

        public IEnumerable<VersionNeed> VersionNeeds()
        {
            var file = _neededVersions;
            for (var i = 0; i < _neededCount; i++)
            {
                var version = file + Int(file + 8);
                for (var j = 0; j < BitConverter.ToUInt16(Bytes, file + 2); j++)
                {
                    var name = BitConverter.ToUInt32(Bytes, version + 8);
                    var (flags, index) = (BitConverter.ToUInt16(Bytes, version + 4), BitConverter.ToUInt16(Bytes, version + 6));
                    yield return new(BitConverter.ToUInt32(Bytes, file + 4), Text(name), index, flags, version + 4, name);
                    version += Int(version + 12);
                }

                file += Int(file + 12);
            }
        }

        private int Section(uint type, string what)
        {
            var count = BitConverter.ToUInt16(Bytes, 0x3c);
            var found = Enumerable.Range(0, count).Select(SectionAt).Where(at => BitConverter.ToUInt32(Bytes, at + 4) == type).ToList();
            return found.Count == 1 ? found[0] : throw Refuse($"expected one section of {what}, found {found.Count}");
        }

        private int SectionAt(int index) => checked(Long(0x28) + (index * BitConverter.ToUInt16(Bytes, 0x3a)));

        private int Offset(int section) => Long(section + 24);

        private int Int(int at) => BitConverter.ToInt32(Bytes, at);

        private int Long(int at) => checked((int)BitConverter.ToInt64(Bytes, at));

        private string Text(uint offset)
        {
            var start = checked((int)(Strings + offset));
            var end = Array.IndexOf(Bytes, (byte)0, start);
            return Encoding.ASCII.GetString(Bytes, start, end - start);
        }
    }
}

#if !NET
/// <summary>The build's task: gives the library to copy to the output, patched where it has to be.</summary>
public sealed class PatchLibTorch : Microsoft.Build.Utilities.Task
{
    /// <summary>The library in the package folder; only read.</summary>
    [Microsoft.Build.Framework.Required]
    public string Source { get; set; } = "";

    /// <summary>Where a patched copy goes; not made when there is nothing to patch.</summary>
    [Microsoft.Build.Framework.Required]
    public string Destination { get; set; } = "";

    /// <inheritdoc/>
    public override bool Execute()
    {
        try
        {
            LibTorchPatch.Write(Source, Destination);
        }
        catch (InvalidDataException problem)
        {
            Log.LogError(problem.Message);
        }

        return !Log.HasLoggedErrors;
    }
}
#endif
