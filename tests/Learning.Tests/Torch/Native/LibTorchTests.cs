using Actors.Learning.Torch.Native;

using TorchSharp;

namespace Actors.Learning.Torch.Native.Tests;

public sealed class LibTorchTests
{
    [Fact]
    public void EnsureLoaded_InTheBuildOutput_LetsTorchCount()
    {
        LibTorch.EnsureLoaded();
        using var two = torch.ones(2);
        using var sum = two.sum();

        Assert.Null(LibTorch.Check());
        Assert.Equal(2, sum.item<float>());
    }

    [Fact]
    public void Load_WithoutTheLibraries_NamesTheFileThePlacesAndTheRemedy()
    {
        var folder = Directory.CreateTempSubdirectory();

        var problem = LibTorch.Load([folder.FullName]);

        Assert.NotNull(problem);
        Assert.StartsWith($"libtorch_cpu.so is missing; looked in {folder.FullName}. Reference the package libtorch-cpu-", problem);
        folder.Delete(true);
    }

    [Fact]
    public void Load_OfADamagedLibrary_PassesOnTheSystemsWords()
    {
        var folder = Directory.CreateTempSubdirectory();
        var file = Path.Combine(folder.FullName, "libtorch_cpu.so");
        File.WriteAllText(file, "no library");

        var problem = LibTorch.Load([folder.FullName]);

        Assert.NotNull(problem);
        Assert.Contains($"{file} cannot be loaded: {file}: file too short", problem);
        folder.Delete(true);
    }
}
