using Actors.Contracts.Identity;
using Actors.Contracts.Tensors;

namespace Actors.Silo.Gateway;

/// <summary>An upload, as its request announces it.</summary>
/// <param name="Collaborator">Who uploads.</param>
/// <param name="Round">The round of the result that the bytes belong to.</param>
/// <param name="Task">Its task.</param>
/// <param name="Digest">The digest of all bytes.</param>
/// <param name="From">The first byte of this request.</param>
/// <param name="Until">The byte after its last one.</param>
/// <param name="ByteLength">How many bytes there are in all.</param>
internal sealed record ArrivingUpload(
    CollaboratorName Collaborator, RoundId Round, string Task, TensorDigest Digest, long From, long Until, long ByteLength);
