namespace UnetSegmentation;

/// <summary>A site's own volumes: <c>images/NAME.nii.gz</c> and, of the same name, <c>labels/NAME.nii.gz</c>.</summary>
public static class VolumeFolder
{
    /// <summary>Reads all of them, in the order of their names.</summary>
    /// <param name="folder">The folder with both folders.</param>
    /// <param name="classes">How many classes there are, background included.</param>
    /// <exception cref="InvalidDataException">There is no image, one lacks its labels, or the two do not fit.</exception>
    public static IReadOnlyList<Volume> Read(string folder, int classes)
    {
        var images = Path.Combine(folder, "images");
        var files = Directory.Exists(images)
            ? Directory.GetFiles(images).Where(file => file.EndsWith(".nii", StringComparison.Ordinal) || file.EndsWith(".nii.gz", StringComparison.Ordinal))
            : [];
        Volume[] volumes = [.. files.Order(StringComparer.Ordinal).Select(file => Read(file, Path.Combine(folder, "labels", Path.GetFileName(file)), classes))];
        return volumes.Length > 0
            ? volumes
            : throw new InvalidDataException($"{images} has no .nii or .nii.gz file; name a folder with images/ and labels/ in plan/data.yaml, or a number from 1 to {SyntheticVolumes.Sites}.");
    }

    private static Volume Read(string imageFile, string labelFile, int classes)
    {
        if (!File.Exists(labelFile))
        {
            throw new InvalidDataException($"{labelFile} is missing; every image needs labels of the same name.");
        }

        var (image, labels) = (NiftiFile.Read(imageFile), NiftiFile.Read(labelFile));
        if ((image.Depth, image.Height, image.Width) != (labels.Depth, labels.Height, labels.Width))
        {
            throw new InvalidDataException(
                $"{labelFile} is {labels.Depth} x {labels.Height} x {labels.Width}, its image {image.Depth} x {image.Height} x {image.Width}; resample one to the other.");
        }

        if (labels.Values.Where(label => label != Math.Floor(label) || label < 0 || label >= classes).Select(label => (float?)label).FirstOrDefault() is { } stray)
        {
            throw new InvalidDataException($"{labelFile} has the label {stray}; write whole numbers from 0 to {classes - 1} (data_loader.settings.classes: {classes}).");
        }

        if (!Array.TrueForAll(image.Values, float.IsFinite))
        {
            throw new InvalidDataException($"{imageFile} has a value that is no number; replace it.");
        }

        return new(image.Depth, image.Height, image.Width, image.Values, Array.ConvertAll(labels.Values, label => (byte)label));
    }
}
