using UnetSegmentation;

namespace Actors.Learning.Plans.Tests.Unet;

public sealed class VolumeTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("volumes-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void CopyCube_BeyondTheVolume_IsBackground()
    {
        var volume = new Volume(1, 2, 2, [1, 2, 3, 4], [0, 1, 2, 0]);
        var (image, labels) = (new float[8], new long[8]);

        volume.CopyCube((0, 1, -1), 2, image, labels);

        Assert.Equal([0, 3, 0, 0, 0, 0, 0, 0], image);
        Assert.Equal([0, 2, 0, 0, 0, 0, 0, 0], labels);
    }

    [Fact]
    public void MadeUpVolumes_AreTheSameEveryTime_OfManySizes_AndShowBothClasses()
    {
        var (first, again) = (SyntheticVolumes.OfSite(2, 20, 5), SyntheticVolumes.OfSite(2, 20, 5));

        Assert.Equal(first.SelectMany(volume => volume.Image), again.SelectMany(volume => volume.Image));
        Assert.NotEqual(first[0].Image[0], SyntheticVolumes.OfSite(2, 20, 6)[0].Image[0]);
        Assert.True(first.Select(volume => volume.Labels.Length).Distinct().Count() > 5);
        Assert.All(first, volume => Assert.Equal<byte>([0, 1, 2], volume.Labels.Distinct().Order().ToArray()));
    }

    [Fact]
    public void Sites_AreUneven() => Assert.Equal(
        [14, 9, 6, 4, 8], Enumerable.Range(1, SyntheticVolumes.Sites).Select(site => SyntheticVolumes.OfSite(site, 8, 0).Count));

    [Fact]
    public void Loader_CutsCubesOfTheVolumesThatItDoesNotKeepWhole()
    {
        using var loader = new VolumeLoader("4", edge: 8, cubes: 6, size: 16);

        Assert.Equal((3 * 6, 1), (loader.TrainSampleCount, loader.ValidationSampleCount));
        using var batch = loader.Train!.InOrder(18).Single();
        Assert.Equal([18, 1, 8, 8, 8], batch.Input.shape);
        Assert.Equal([18, 8, 8, 8], batch.Target.shape);

        // Every second cube is about a voxel of the tumour.
        Assert.All(Enumerable.Range(0, 9), pair => Assert.NotEqual(0, batch.Target[2 * pair, 4, 4, 4].item<long>()));
    }

    [Fact]
    public void Loader_OfAFolder_ReadsImagesWithTheirLabels()
    {
        foreach (var name in new[] { "a.nii", "b.nii", "c.nii", "d.nii" })
        {
            Save("images", name, new NiftiBytes { Axes = [2, 1, 1] }.With(1, 3));
            Save("labels", name, new NiftiBytes { Axes = [2, 1, 1] }.With(0, 2));
        }

        using var loader = new VolumeLoader(_folder, edge: 4, cubes: 1);

        Assert.Equal((3, 1), (loader.TrainSampleCount, loader.ValidationSampleCount));
        Assert.Equal([-1, 1], loader.Validations[0].Image);
        Assert.Equal<byte>([0, 2], loader.Validations[0].Labels);
    }

    [Theory]
    [InlineData("nothing", "has no .nii or .nii.gz file; name a folder with images/ and labels/ in plan/data.yaml, or a number from 1 to 5.")]
    [InlineData("unlabelled", "is missing; every image needs labels of the same name.")]
    [InlineData("size", "is 1 x 1 x 1, its image 1 x 1 x 2; resample one to the other.")]
    [InlineData("label", "has the label 3; write whole numbers from 0 to 2 (data_loader.settings.classes: 3).")]
    public void Loader_OfAFolderThatCannotBeUsed_SaysWhy(string what, string sentence)
    {
        if (what != "nothing")
        {
            Save("images", "a.nii", new NiftiBytes { Axes = [2, 1, 1] }.With(1, 3));
        }

        if (what is "size" or "label")
        {
            Save("labels", "a.nii", new NiftiBytes { Axes = [(short)(what == "size" ? 1 : 2), 1, 1] }.With(0, 3));
        }

        Assert.EndsWith(sentence, Assert.Throws<InvalidDataException>(() => new VolumeLoader(_folder, edge: 4)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("6", 16, "is no site: write a number from 1 to 5 or a folder")]
    [InlineData("1", 6, "edge: 6 is no multiple of 4")]
    public void Loader_WithASettingOutOfRange_SaysWhatIsInIt(string path, int edge, string sentence) =>
        Assert.Contains(sentence, Assert.Throws<ArgumentException>(() => new VolumeLoader(path, edge: edge)).Message, StringComparison.Ordinal);

    private void Save(string kind, string name, byte[] bytes)
    {
        Directory.CreateDirectory(Path.Combine(_folder, kind));
        File.WriteAllBytes(Path.Combine(_folder, kind, name), bytes);
    }
}
