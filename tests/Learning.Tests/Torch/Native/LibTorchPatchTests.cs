using System.Text;

namespace Actors.Learning.Torch.Native.Tests;

public sealed class LibTorchPatchTests : IDisposable
{
    private const string NewSymbol = "_ZSt21ios_base_library_initv";

    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    private static string Shipped => Path.Combine(
        Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages"),
        "torchsharp", "0.107.0", "runtimes", "linux-x64", "native", "libLibTorchSharp.so");

    private static string Built => Path.Combine(AppContext.BaseDirectory, "libLibTorchSharp.so");

    [Fact]
    public void Apply_ToTheShippedLibrary_GivesWhatTheBuildGave()
    {
        var patched = LibTorchPatch.Apply(File.ReadAllBytes(Shipped), "it");

        Assert.NotNull(patched);
        Assert.True(File.ReadAllBytes(Built).AsSpan().SequenceEqual(patched), "The build's copy is not the patched library.");
    }

    [Fact]
    public void Apply_ChangesTheNameTheVersionAndTheFlag_AndNothingElse()
    {
        var shipped = File.ReadAllBytes(Shipped);

        var patched = LibTorchPatch.Apply(shipped, "it")!;

        var changed = Enumerable.Range(0, shipped.Length).Where(at => shipped[at] != patched[at]).ToList();
        var name = Find(shipped, NewSymbol);
        Assert.Equal(shipped.Length, patched.Length);
        Assert.InRange(changed.Count(at => at >= name && at < name + NewSymbol.Length), 10, NewSymbol.Length);
        Assert.InRange(changed.Count(at => at < name || at >= name + NewSymbol.Length), 2, 4);
    }

    [Fact]
    public void Write_OfAPatchedLibrary_DoesNothing()
    {
        var destination = Path.Combine(_folder, "out.so");

        Assert.False(LibTorchPatch.Write(Built, destination));
        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Fact]
    public void Write_OverAHardLink_LeavesTheOtherNameAsItWas()
    {
        var (package, output) = (Path.Combine(_folder, "package.so"), Path.Combine(_folder, "output.so"));
        File.Copy(Shipped, package);
        Assert.Equal(0, Link(package, output));

        Assert.True(LibTorchPatch.Write(package, output));

        Assert.True(File.ReadAllBytes(Shipped).AsSpan().SequenceEqual(File.ReadAllBytes(package)));
        Assert.True(File.ReadAllBytes(Built).AsSpan().SequenceEqual(File.ReadAllBytes(output)));
        Assert.Equal(2, Directory.GetFiles(_folder).Length);
    }

    [Fact]
    public void Write_OfARefusedLibrary_LeavesNothingBehind()
    {
        var source = Path.Combine(_folder, "source.so");
        File.WriteAllText(source, "text");

        Assert.Throws<InvalidDataException>(() => LibTorchPatch.Write(source, Path.Combine(_folder, "out.so")));

        Assert.Equal([source], Directory.GetFiles(_folder));
    }

    [Fact]
    public void Apply_ToWhatIsNoElfFile_IsRefused() =>
        Refused(Encoding.ASCII.GetBytes(new string('x', 100)), "it: it is no little-endian 64-bit ELF file. ");

    [Fact]
    public void Apply_ToA32BitFile_IsRefused()
    {
        var library = File.ReadAllBytes(Shipped);
        library[4] = 1;

        Refused(library, "it: it is no little-endian 64-bit ELF file. ");
    }

    [Fact]
    public void Apply_WithoutTheVersionEntry_IsRefused()
    {
        var library = File.ReadAllBytes(Shipped);
        library[Find(library, "GLIBCXX_3.4.32\0") + 13] = (byte)'3';

        Refused(library, "it: expected one of the version entries GLIBCXX_3.4.32, found 0. ");
    }

    [Fact]
    public void Apply_WithTwoSuchVersionEntries_IsRefused()
    {
        var library = File.ReadAllBytes(Shipped);

        // GLIBCXX_3.4.21's entry is made to point at the other's name.
        var (other, name) = (VersionEntry(library, "GLIBCXX_3.4.21"), VersionEntry(library, "GLIBCXX_3.4.32"));
        library.AsSpan(name + 8, 4).CopyTo(library.AsSpan(other + 8));

        Refused(library, "it: expected one of the version entries GLIBCXX_3.4.32, found 2. ");
    }

    [Fact]
    public void Apply_WithAnotherSymbolOfTheNewVersion_IsRefused()
    {
        var library = File.ReadAllBytes(Shipped);

        // GLIBCXX_3.4.21's symbols get the new version's index, and so do not fit one symbol.
        var (other, index) = (VersionEntry(library, "GLIBCXX_3.4.21"), VersionEntry(library, "GLIBCXX_3.4.32"));
        library.AsSpan(other + 6, 2).CopyTo(library.AsSpan(index + 6));

        var problem = Assert.Throws<InvalidDataException>(() => LibTorchPatch.Apply(library, "it"));
        Assert.StartsWith("it: expected one of the symbols of version GLIBCXX_3.4.32, found ", problem.Message);
    }

    [Theory]
    [InlineData(70)]
    [InlineData(4096)]
    public void Apply_ToAFileThatWasCutOff_IsRefused(int length)
    {
        var problem = Assert.Throws<InvalidDataException>(() => LibTorchPatch.Apply(File.ReadAllBytes(Shipped)[..length], "it"));

        Assert.Equal("it: the file is damaged: an offset in it points outside of it.", problem.Message);
    }

    public void Dispose() => Directory.Delete(_folder, true);

    private static void Refused(byte[] library, string expected)
    {
        var problem = Assert.Throws<InvalidDataException>(() => LibTorchPatch.Apply(library, "it"));

        Assert.StartsWith(expected, problem.Message);
        Assert.EndsWith("libstdc++ of GCC 13, for example in Debian 13).", problem.Message);
    }

    private static int Find(byte[] library, string text) => library.AsSpan().IndexOf(Encoding.ASCII.GetBytes(text));

    // An entry starts with the hash of its version's name, which the ELF format defines.
    private static int VersionEntry(byte[] library, string version)
    {
        var hash = 0u;
        foreach (var c in version)
        {
            hash = (hash << 4) + c;
            hash = (hash ^ ((hash & 0xf0000000) >> 24)) & 0x0fffffff;
        }

        var entry = library.AsSpan().IndexOf(BitConverter.GetBytes(hash));
        return entry >= 0 ? entry : throw new InvalidOperationException($"{version} is not in the library.");
    }

    [System.Runtime.InteropServices.DllImport("libc", EntryPoint = "link")]
    private static extern int Link(
        [System.Runtime.InteropServices.MarshalAs(System.Runtime.InteropServices.UnmanagedType.LPUTF8Str)] string existing,
        [System.Runtime.InteropServices.MarshalAs(System.Runtime.InteropServices.UnmanagedType.LPUTF8Str)] string created);
}
