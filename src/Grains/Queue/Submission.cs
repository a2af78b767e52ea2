using Actors.Contracts.Identity;

namespace Actors.Grains.Queue;

/// <summary>An experiment as it is submitted. Its files are on the disk already.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Digest">SHA-384 of what its author signed, 96 lower-case hexadecimal digits.</param>
/// <param name="ArchiveBytes">The length of the workspace's archive.</param>
/// <param name="Author">Who signed it.</param>
/// <param name="Submitter">Who submitted it.</param>
/// <param name="Asked">Who is asked to take part; nobody named means every member.</param>
/// <param name="AnswerTime">How long answers are waited for; null until all have answered.</param>
[GenerateSerializer, Immutable, Alias("submission")]
public sealed record Submission(
    [property: Id(0)] string Name,
    [property: Id(1)] string Digest,
    [property: Id(2)] long ArchiveBytes,
    [property: Id(3)] string Author,
    [property: Id(4)] string Submitter,
    [property: Id(5)] IReadOnlyList<CollaboratorName> Asked,
    [property: Id(6)] TimeSpan? AnswerTime);
